package logtail.runtime.telemetry;

import static logtail.runtime.telemetry.Metric.Type.COUNTER;
import static logtail.runtime.telemetry.Metric.Type.GAUGE;
import static logtail.runtime.telemetry.Metric.Type.HISTOGRAM;
import static logtail.runtime.telemetry.Metric.Type.SUMMARY;

import java.util.List;

/**
 * The table of metrics of all programs (FR-8, NFR-5.3). Whatever is on a metrics page stands here, and {@code
 * docs/metrics.md} is made from it, so that neither can differ from the code.
 */
public enum Metric {
    // ---- what nginx served -------------------------------------------------------------------------------------
    REQUESTS(
            Group.TRAFFIC,
            "nginx_http_requests_total",
            COUNTER,
            List.of("host", "method", "status"),
            "Requests by host, method and status code.",
            "The share of 5xx of a host rises, or a host's rate leaves its usual range."),
    BYTES_SENT(
            Group.TRAFFIC,
            "nginx_http_bytes_sent",
            HISTOGRAM,
            List.of("host", "source_tag"),
            "Size of responses in bytes: all bytes sent (format v2) or the body's (v1).",
            "Not by itself."),
    REQUEST_DURATION(
            Group.TRAFFIC,
            "nginx_http_request_duration_seconds",
            HISTOGRAM,
            List.of("host", "source_tag"),
            "Time from the first byte of a request to the last byte of its response.",
            "The 95th percentile of a host rises."),
    REQUEST_BYTES(
            Group.TRAFFIC,
            "nginx_http_request_bytes",
            HISTOGRAM,
            List.of("host", "source_tag"),
            "Size of requests in bytes, headers and body. Format v2 only.",
            "Not by itself."),
    UPSTREAM_DURATION(
            Group.TRAFFIC,
            "nginx_http_upstream_duration_seconds",
            HISTOGRAM,
            List.of("host", "source_tag"),
            "Response time of the last upstream that was asked. Format v2, requests with an upstream only.",
            "It rises while the rest of the request time does not: the backend is slow, not nginx or the client."),
    UPSTREAM_REQUESTS(
            Group.TRAFFIC,
            "nginx_http_upstream_requests_total",
            COUNTER,
            List.of("host", "source_tag", "status_class"),
            "Requests by the class of the status that the last upstream answered with. Format v2 only.",
            "5xx here with the same 5xx in the requests: the backend fails, not nginx."),
    REQUESTS_BY_SOURCE(
            Group.TRAFFIC,
            "nginx_http_requests_by_source_total",
            COUNTER,
            List.of("source_tag", "status_class"),
            "Requests by source tag and status class, over all hosts.",
            "A source tag falls silent, or its share of 5xx rises."),
    PROM_SERIES_DROPPED(
            Group.TRAFFIC,
            "logtail_prom_series_dropped_total",
            COUNTER,
            List.of("family"),
            "Requests that a family counted under (other), or not at all, because it had all the labels it may have.",
            "It rises: somebody sends made-up host names or methods. What is asked of the windows (topn, the"
                    + " dashboard) still has them."),

    // ---- inputs ------------------------------------------------------------------------------------------------
    LINES(
            Group.INPUTS,
            "logtail_lines_total",
            COUNTER,
            List.of("input"),
            "Lines that were accepted.",
            "It stands still although nginx serves requests."),
    PARSE_ERRORS(
            Group.INPUTS,
            "logtail_parse_errors_total",
            COUNTER,
            List.of("input", "reason"),
            "Lines that were refused: version (no known version tag), fields (too many or too few), address (the client"
                    + " is none), too_long.",
            "It rises: the log_format of nginx is not the documented one. The status page shows the last such lines."),
    FIELD_ERRORS(
            Group.INPUTS,
            "logtail_field_errors_total",
            COUNTER,
            List.of("field"),
            "Values that are neither valid nor absent. Their requests are counted, without the value.",
            "It rises steadily: a variable stands in the wrong place of the log_format."),
    FILES(
            Group.INPUTS,
            "logtail_files",
            GAUGE,
            List.of("input"),
            "Log files that are followed.",
            "It is 0: the pattern matches nothing."),
    FILES_UNREADABLE(
            Group.INPUTS,
            "logtail_files_unreadable",
            GAUGE,
            List.of("input"),
            "Log files that cannot be opened.",
            "It is above 0: the collector lacks the permission, or has too few file descriptors."),
    FILE_LAG(
            Group.INPUTS,
            "logtail_file_lag_bytes",
            GAUGE,
            List.of("input"),
            "Bytes in the log files that have not been read yet.",
            "It stays above 0 and grows: lines come faster than they are counted. Nothing is lost, but late."),
    UDP_PACKETS(
            Group.INPUTS,
            "logtail_udp_packets_received_total",
            COUNTER,
            List.of(),
            "Datagrams received; one may carry many lines.",
            "It stands still although nginx serves requests."),
    UDP_LINES_SUCCESS(
            Group.INPUTS,
            "logtail_udp_loglines_success_total",
            COUNTER,
            List.of(),
            "Lines in datagrams that were accepted.",
            "It stands still while the datagrams do not."),
    UDP_LINES_CONSUMED(
            Group.INPUTS,
            "logtail_udp_loglines_consumed_total",
            COUNTER,
            List.of(),
            "Lines in datagrams that were handed to the store.",
            "It falls behind the accepted lines: the difference was dropped because the store could not keep up."),
    UDP_KERNEL_DROPS(
            Group.INPUTS,
            "logtail_udp_kernel_drops_total",
            COUNTER,
            List.of(),
            "Datagrams that the kernel dropped because the socket's receive buffer was full.",
            "It rises: raise net.core.rmem_max, or give the collector more of a CPU."),
    UDP_RECEIVE_BUFFER(
            Group.INPUTS,
            "logtail_udp_receive_buffer_bytes",
            GAUGE,
            List.of(),
            "Receive buffer that the kernel granted to the socket.",
            "It is far below 4 MiB and the kernel drops datagrams."),
    CHANNEL_RECORDS(
            Group.INPUTS,
            "logtail_channel_records",
            GAUGE,
            List.of(),
            "Requests under way between the inputs and the store.",
            "It stays near channel.records: the store does not keep up."),
    CHANNEL_BYTES(
            Group.INPUTS,
            "logtail_channel_bytes",
            GAUGE,
            List.of(),
            "Bytes of log lines under way between the inputs and the store.",
            "It stays near channel.bytes: the store does not keep up."),

    // ---- store -------------------------------------------------------------------------------------------------
    FOLDED(
            Group.STORE,
            "logtail_folded_total",
            COUNTER,
            List.of(),
            "Requests counted in a row some of whose fields read (other), because the live table was full.",
            "It rises: there are more different requests a minute than store.keys. Totals stay exact."),
    REQUESTS_DROPPED(
            Group.STORE,
            "logtail_requests_dropped_total",
            COUNTER,
            List.of(),
            "Requests that were not counted because the live table was full. Only with store.overflow drop.",
            "It rises: the windows miss requests."),
    LIVE_KEYS(
            Group.STORE,
            "logtail_live_keys",
            GAUGE,
            List.of(),
            "Rows of the bucket that is now being filled.",
            "It comes near store.keys at the end of buckets."),
    CLOCK_OFFSET(
            Group.STORE,
            "logtail_clock_offset_seconds",
            GAUGE,
            List.of(),
            "How far the timestamps of buckets are ahead of the wall clock.",
            "It is not near 0: the clock of the machine was set back."),

    // ---- queries and snapshots ---------------------------------------------------------------------------------
    QUERY_DURATION(
            Group.SERVICE,
            "logtail_query_duration_seconds",
            HISTOGRAM,
            List.of("rpc"),
            "Time to answer a query.",
            "The 99th percentile is above 0.25 s."),
    SUBSCRIBERS(
            Group.SERVICE,
            "logtail_subscribers",
            GAUGE,
            List.of(),
            "Clients that receive snapshots.",
            "It is 0 on a collector that an aggregator should follow."),
    SNAPSHOTS_DROPPED(
            Group.SERVICE,
            "logtail_snapshots_dropped_total",
            COUNTER,
            List.of("reason"),
            "Snapshots that were not delivered (subscriber: it read too slowly) or not taken (late, duplicate, future).",
            "It rises with reason subscriber or future: a link is too slow, or a clock is wrong."),

    // ---- aggregator --------------------------------------------------------------------------------------------
    SNAPSHOT_AGE(
            Group.AGGREGATOR,
            "logtail_snapshot_age_seconds",
            GAUGE,
            List.of("collector"),
            "Time since the end of the newest bucket that a collector has delivered.",
            "It is above 1.5 bucket lengths and 5 s: the collector is stale."),
    COLLECTOR_DEGRADED(
            Group.AGGREGATOR,
            "logtail_collector_degraded",
            GAUGE,
            List.of("collector"),
            "1 while a collector cannot be reached, or may not be merged; else 0.",
            "It is 1: its requests are missing from the live bucket."),

    // ---- every program -----------------------------------------------------------------------------------------
    BUILD_INFO(
            Group.PROGRAM,
            "logtail_build_info",
            GAUGE,
            List.of("version", "commit", "built"),
            "Always 1; what is running.",
            "It differs between machines that should be equal."),
    READY(
            Group.PROGRAM,
            "logtail_ready",
            GAUGE,
            List.of("condition"),
            "Whether a condition of readiness holds, 1 or 0; what is missing stands on /readyz.",
            "It is 0 for longer than a start takes."),
    EVENT_LOOP_LAG(
            Group.PROGRAM,
            "logtail_event_loop_lag_seconds",
            GAUGE,
            List.of("loop"),
            "How late the latest task of an event loop ran, the worst of the last 15 to 30 s.",
            "It is above 0.5 s for minutes: the machine has too little CPU for the program, or it pauses to collect"
                    + " garbage."),
    PROCESS_CPU(
            Group.PROGRAM,
            "process_cpu_seconds_total",
            COUNTER,
            List.of(),
            "CPU time used, user and system.",
            "Its rate comes near the number of CPUs."),
    PROCESS_CPU_USAGE(
            Group.PROGRAM,
            "process_cpu_usage",
            GAUGE,
            List.of(),
            "Share of all CPUs that the process uses, 0 to 1.",
            "Not by itself."),
    PROCESS_RESIDENT_MEMORY(
            Group.PROGRAM,
            "process_resident_memory_bytes",
            GAUGE,
            List.of(),
            "Memory that the process occupies.",
            "It comes near what the machine or the container has."),
    PROCESS_OPEN_FDS(
            Group.PROGRAM,
            "process_open_fds",
            GAUGE,
            List.of(),
            "Open file descriptors.",
            "It comes near process_max_fds."),
    PROCESS_MAX_FDS(
            Group.PROGRAM, "process_max_fds", GAUGE, List.of(), "File descriptors that may be open.", "Not by itself."),
    PROCESS_START_TIME(
            Group.PROGRAM,
            "process_start_time_seconds",
            GAUGE,
            List.of(),
            "When the process started, in seconds since 1970.",
            "It changes: the process was started anew, and its windows with it."),
    PROCESS_UPTIME(
            Group.PROGRAM,
            "process_uptime_seconds",
            GAUGE,
            List.of(),
            "Time since the process started.",
            "It falls: the process was started anew."),
    SYSTEM_CPUS(Group.PROGRAM, "system_cpus", GAUGE, List.of(), "CPUs that the process may use.", "Not by itself."),
    SYSTEM_CPU_USAGE(
            Group.PROGRAM,
            "system_cpu_usage",
            GAUGE,
            List.of(),
            "Share of all CPUs in use by anything on the machine, 0 to 1.",
            "It stays near 1."),
    SYSTEM_LOAD(
            Group.PROGRAM,
            "system_load_average_1m",
            GAUGE,
            List.of(),
            "Threads that run or wait to run on the machine, averaged over a minute.",
            "It stays above system_cpus."),

    // ---- the Java virtual machine ------------------------------------------------------------------------------
    JVM_INFO(
            Group.JVM,
            "jvm_info",
            GAUGE,
            List.of("runtime", "vendor", "version"),
            "Always 1; the Java virtual machine.",
            "Not by itself."),
    JVM_MEMORY_USED(
            Group.JVM,
            "jvm_memory_used_bytes",
            GAUGE,
            List.of("area", "id"),
            "Memory in use, by pool.",
            "The old generation stays near its maximum after collections."),
    JVM_MEMORY_COMMITTED(
            Group.JVM,
            "jvm_memory_committed_bytes",
            GAUGE,
            List.of("area", "id"),
            "Memory taken from the operating system, by pool.",
            "Not by itself."),
    JVM_MEMORY_MAX(
            Group.JVM,
            "jvm_memory_max_bytes",
            GAUGE,
            List.of("area", "id"),
            "Most memory that a pool may take; -1 for no limit.",
            "Not by itself."),
    JVM_BUFFERS(
            Group.JVM,
            "jvm_buffer_count_buffers",
            GAUGE,
            List.of("id"),
            "Buffers outside of the heap, by pool.",
            "Not by itself."),
    JVM_BUFFER_USED(
            Group.JVM,
            "jvm_buffer_memory_used_bytes",
            GAUGE,
            List.of("id"),
            "Memory of buffers outside of the heap, by pool.",
            "It grows without end."),
    JVM_GC_PAUSE(
            Group.JVM,
            "jvm_gc_pause_seconds",
            SUMMARY,
            List.of("action", "cause", "gc"),
            "Pauses to collect garbage.",
            "Pauses take more than a few percent of the time."),
    JVM_GC_PAUSE_MAX(
            Group.JVM,
            "jvm_gc_pause_seconds_max",
            GAUGE,
            List.of("action", "cause", "gc"),
            "Longest recent pause to collect garbage.",
            "It is above 0.5 s."),
    JVM_GC_OVERHEAD(
            Group.JVM,
            "jvm_gc_overhead",
            GAUGE,
            List.of(),
            "Share of CPU time used to collect garbage, 0 to 1.",
            "It is above 0.2: the heap is too small."),
    JVM_GC_ALLOCATED(
            Group.JVM,
            "jvm_gc_memory_allocated_bytes_total",
            COUNTER,
            List.of(),
            "Memory allocated on the heap.",
            "Not by itself."),
    JVM_GC_PROMOTED(
            Group.JVM,
            "jvm_gc_memory_promoted_bytes_total",
            COUNTER,
            List.of(),
            "Memory that survived long enough to move to the old generation.",
            "Not by itself."),
    JVM_GC_LIVE(
            Group.JVM,
            "jvm_gc_live_data_size_bytes",
            GAUGE,
            List.of(),
            "Old generation in use after the last collection of it.",
            "It comes near jvm_gc_max_data_size_bytes."),
    JVM_GC_MAX(
            Group.JVM,
            "jvm_gc_max_data_size_bytes",
            GAUGE,
            List.of(),
            "Most memory that the old generation may take.",
            "Not by itself."),
    JVM_USAGE_AFTER_GC(
            Group.JVM,
            "jvm_memory_usage_after_gc",
            GAUGE,
            List.of("area", "pool"),
            "Share of the old generation in use after the last collection, 0 to 1.",
            "It stays above 0.9: the heap is too small."),
    JVM_CLASSES_LOADED(Group.JVM, "jvm_classes_loaded_classes", GAUGE, List.of(), "Loaded classes.", "Not by itself."),
    JVM_THREADS_LIVE(Group.JVM, "jvm_threads_live_threads", GAUGE, List.of(), "Threads.", "It grows without end."),
    JVM_THREADS_DAEMON(
            Group.JVM,
            "jvm_threads_daemon_threads",
            GAUGE,
            List.of(),
            "Threads that do not keep the process alive.",
            "Not by itself."),
    JVM_THREADS_PEAK(Group.JVM, "jvm_threads_peak_threads", GAUGE, List.of(), "Most threads so far.", "Not by itself."),
    JVM_THREADS_STATES(
            Group.JVM,
            "jvm_threads_states_threads",
            GAUGE,
            List.of("state"),
            "Threads by state.",
            "Many are blocked for long.");

    /** Type in the exposition formats. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY
    }

    /** A chapter of the documentation. */
    public enum Group {
        TRAFFIC("What nginx served", "collector"),
        INPUTS("Inputs", "collector"),
        STORE("Store", "collector"),
        SERVICE("Queries and snapshots", "collector, aggregator"),
        AGGREGATOR("Collectors as the aggregator sees them", "aggregator"),
        PROGRAM("The program and its machine", "every program with a metrics page"),
        JVM("The Java virtual machine", "every program with a metrics page");

        private final String title;
        private final String programs;

        Group(String title, String programs) {
            this.title = title;
            this.programs = programs;
        }

        public String title() {
            return title;
        }

        /** Who shows it. */
        public String programs() {
            return programs;
        }
    }

    private static final String TOTAL = "_total";

    private final Group group;
    private final String metric;
    private final Type type;
    private final List<String> labels;
    private final String help;
    private final String worry;

    Metric(Group group, String metric, Type type, List<String> labels, String help, String worry) {
        this.group = group;
        this.metric = metric;
        this.type = type;
        this.labels = labels;
        this.help = help;
        this.worry = worry;
    }

    public Group group() {
        return group;
    }

    /** Name in queries; that of a counter ends in {@code _total}. */
    public String metric() {
        return metric;
    }

    /** Name without {@code _total}, as OpenMetrics and the client library have it. */
    public String family() {
        return metric.endsWith(TOTAL) ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
    }

    public Type type() {
        return type;
    }

    /** Names of the labels, {@code le} left out. */
    public List<String> labels() {
        return labels;
    }

    /** One or two sentences: what it says, without anything that the formats would have to escape. */
    public String help() {
        return help;
    }

    /** When an operator should look. */
    public String worry() {
        return worry;
    }
}
