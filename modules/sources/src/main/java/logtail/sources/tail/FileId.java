package logtail.sources.tail;

/** What a file is, whatever its names: device and inode (D26). */
record FileId(long device, long inode) {}
