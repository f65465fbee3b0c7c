package logtail.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import logtail.core.schema.Schema;
import logtail.sources.Sources;
import logtail.sources.channel.ChannelOptions;
import org.junit.jupiter.api.Test;

class InputsPulseTest {
    private long nowNs = 42;
    private final Sources sources = new Sources(Schema.LOGTAIL, ChannelOptions.defaults());
    private final InputsPulse pulse = new InputsPulse(sources, () -> nowNs);

    @Test
    void inputThatIsNotConfiguredIsNotMissed() {
        assertThat(pulse.missing()).isEmpty();
    }

    @Test
    void socketIsMissedUntilItIsBoundAndWhenItIsClosed() {
        var udp = sources.openUdp();
        assertThat(pulse.missing()).hasValue("the UDP socket is closed");
        udp.bound(new InetSocketAddress("127.0.0.1", 9514), 4096);
        assertThat(pulse.missing()).isEmpty();
        udp.closed();
        assertThat(pulse.missing()).hasValue("the UDP socket is closed");
    }

    @Test
    void filesAreMissedUntilTheyAreFollowedAndWhenTheyAreNoMore() {
        sources.file("/var/log/nginx/*.log");
        assertThat(pulse.missing()).hasValue("log files are not followed");
        sources.tailed(nowNs);
        nowNs += TimeUnit.SECONDS.toNanos(30);
        assertThat(pulse.missing()).isEmpty();
        nowNs += TimeUnit.SECONDS.toNanos(1);
        assertThat(pulse.missing()).hasValue("log files have not been looked at for 31 s");
        sources.tailed(nowNs);
        assertThat(pulse.missing()).isEmpty();
    }
}
