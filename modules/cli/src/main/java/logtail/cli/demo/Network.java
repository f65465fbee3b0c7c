package logtail.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Clients that share a prefix.
 *
 * @param prefix the address up to where the host begins: {@code 192.0.2.} or {@code 2001:db8:7:}
 * @param asn their autonomous system
 * @param tor whether they are tor exits
 * @param tag the way they come in
 */
record Network(String prefix, long asn, boolean tor, String tag) {
    /** Networks of ordinary clients. */
    private static final int V4 = 240;

    private static final int V6 = 60;

    /** Autonomous systems: 64496 to 64509 and 65536 to 65550 are for documentation (RFC 5398). */
    private static final int FIRST_ASN = 64496;

    private static final int ASNS = 14;
    private static final int FIRST_LONG_ASN = 65536;
    private static final int LONG_ASNS = 15;
    private static final int TOR_ASN = 64510;

    /** Where the attack comes from. */
    static final Network ATTACKER = new Network("203.0.113.", 64511, false, "direct");

    /**
     * The networks of an ordinary day, busiest first. RFC 5737 has only three /24s and one is the attacker's, so most
     * are of the benchmarking range 198.18.0.0/15 (RFC 2544), which is nobody's either; IPv6 is RFC 3849's.
     */
    static List<Network> ordinary(Random random) {
        Weighted<String> tags = Weighted.zipf(List.of("direct", "lb-ams1", "lb-zrh1", "cdn"), 1.1);
        List<Long> asns = asns();
        Weighted<Long> asn = Weighted.zipf(asns, 0.7);
        List<Network> all = new ArrayList<>();
        all.add(new Network("192.0.2.", asns.get(0), false, "direct"));
        for (int i = 0; i < V4; i++) {
            String prefix = "198." + (18 + i % 2) + "." + (i * 37 & 0xff) + ".";
            all.add(new Network(prefix, asn.draw(random), false, tags.draw(random)));
        }
        for (int i = 0; i < V6; i++) {
            String prefix = "2001:db8:" + Integer.toHexString(0x10 + i * 0x1d) + ":";
            all.add(new Network(prefix, asn.draw(random), false, tags.draw(random)));
        }
        Collections.shuffle(all, random);
        all.add(all.size() / 8, new Network("198.51.100.", TOR_ASN, true, "direct"));
        return all;
    }

    private static List<Long> asns() {
        List<Long> asns = new ArrayList<>();
        for (int i = 0; i < Math.max(ASNS, LONG_ASNS); i++) {
            if (i < ASNS) {
                asns.add((long) FIRST_ASN + i);
            }
            if (i < LONG_ASNS) {
                asns.add((long) FIRST_LONG_ASN + i);
            }
        }
        return asns;
    }

    /** Writes the address of one of the clients. */
    void client(Random random, StringBuilder out) {
        out.append(prefix);
        if (prefix.indexOf(':') < 0) {
            // The smaller of two draws: some hosts of a network are busier than others. A tor exit is one of a few.
            out.append(1 + Math.min(random.nextInt(254), random.nextInt(tor ? 6 : 254)));
        } else {
            out.append(Integer.toHexString(random.nextInt(16)))
                    .append("::")
                    .append(Integer.toHexString(1 + random.nextInt(0xfff)));
        }
    }
}
