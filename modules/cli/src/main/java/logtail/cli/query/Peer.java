package logtail.cli.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logtail.runtime.config.HostPort;

/**
 * A node to ask.
 *
 * @param name as it was given
 */
record Peer(String name, HostPort address) {
    /**
     * The nodes of all {@code --target} flags, in their order, each once.
     *
     * @param values comma-separated lists
     * @throws IllegalArgumentException with one line, when one is no address or there is none
     */
    static List<Peer> of(List<String> values) {
        Map<String, Peer> peers = new LinkedHashMap<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                String target = name.strip();
                if (!target.isEmpty()) {
                    peers.computeIfAbsent(target, Peer::of);
                }
            }
        }
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("no target is named");
        }
        return List.copyOf(peers.values());
    }

    private static Peer of(String target) {
        HostPort address = HostPort.parse(target);
        if (address.port() == 0) {
            throw new IllegalArgumentException("port 0 cannot be asked: " + target);
        }
        return new Peer(target, address);
    }
}
