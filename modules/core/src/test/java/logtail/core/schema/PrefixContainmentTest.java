package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixContainmentTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.0/24, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 11.0.0.0/24, false",
        "10.0.0.0/8, 10.0.0.0/7, false",
        "0.0.0.0/0, 192.0.2.0/24, true",
        "0.0.0.0/0, ::/0, false",
        "::/0, 2001:db8::/48, true",
        "192.0.2.0/25, 192.0.2.0/24, false",
        "192.0.2.128/25, 192.0.2.128/26, true",
        "192.0.2.128/25, 192.0.2.0/26, false",
        "2001:db8::/33, 2001:db8:7fff::/48, true",
        "2001:db8::/33, 2001:db8:8000::/48, false",
        "2001:db8::1/128, 2001:db8::1/128, true"
    })
    void outer_containsInner(String outer, String inner, boolean expected) {
        assertThat(Prefix.contains(parse(outer), parse(inner))).isEqualTo(expected);
    }

    private static byte[] parse(String cidr) {
        return Objects.requireNonNull(Prefix.parse(cidr));
    }
}
