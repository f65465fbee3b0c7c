package logtail.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NginxConfTest {
    @Test
    void shouldFindFormatsInIncludedFiles() {
        NginxConf conf = NginxConf.of(
                "http { include conf.d/*.conf; log_format a '$remote_addr ' \"$status\"; }",
                pattern -> pattern.equals("conf.d/*.conf")
                        ? List.of("log_format b '$host $status';", "# log_format c '$host';\n")
                        : List.of());
        assertThat(conf.names()).containsExactly("b", "a");
        assertThat(conf.format("a").text()).isEqualTo("$remote_addr $status");
        assertThat(conf.format("b").name()).isEqualTo("b");
    }

    @Test
    void formatThatCannotBeRead_failsOnlyWhenItIsAskedFor() {
        NginxConf conf = NginxConf.of("log_format bad '$status$host'; log_format good '$status';", p -> List.of());
        assertThat(conf.format("good").variables()).containsExactly("status");
        assertThatThrownBy(() -> conf.format("bad")).hasMessageContaining("nothing between $status and $host");
    }

    @Test
    void quotesInABlockOfLuaAreItsOwn() {
        NginxConf conf = NginxConf.of(
                "location / { content_by_lua_block { -- don't {\n ngx.say('x') } } }\nlog_format a '$status';",
                p -> List.of());
        assertThat(conf.names()).containsExactly("a");
    }

    @Test
    void bracesInWordsAreVariables() {
        NginxConf conf = NginxConf.of("proxy_pass http://${up}/x;log_format a $status;", p -> List.of());
        assertThat(conf.names()).containsExactly("a");
    }

    @Test
    void fileThatIncludesItself_isRefused() {
        assertThatThrownBy(() -> NginxConf.of("include x;", pattern -> List.of("include x;")))
                .isInstanceOf(InvalidFormatException.class)
                .hasMessageContaining("16 includes");
    }
}
