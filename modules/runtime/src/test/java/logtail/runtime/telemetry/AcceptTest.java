package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                        | TEXT",
                "*/*                                                                       | TEXT",
                "text/plain                                                                | TEXT",
                "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8                           | TEXT",
                "application/openmetrics-text                                              | OPEN_METRICS",
                "Application/OpenMetrics-Text; Version=1.0.0                               | OPEN_METRICS",
                "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4 | TEXT",
                "application/openmetrics-text;q=0.5,*/*;q=0.1                              | OPEN_METRICS",
                "application/openmetrics-text;q=0,*/*;q=0.1                                | TEXT",
                "application/openmetrics-text;q=nonsense                                   | TEXT",
                "text/*;q=0.9,application/openmetrics-text;q=0.5                           | TEXT",
                ",;,;q=                                                                    | TEXT",
            })
    void formatIsTheOneLikedBest(String header, PageFormat format) {
        assertThat(Accept.of(List.of(header)).format()).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // 2.42 and 3.x
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
            })
    void prometheusGetsOpenMetrics(String header) {
        assertThat(Accept.of(List.of(header)).format()).isEqualTo(PageFormat.OPEN_METRICS);
    }

    @Test
    void severalHeaderLinesAreOneList() {
        assertThat(Accept.of(List.of("text/plain;q=0.2", "application/openmetrics-text"))
                        .format())
                .isEqualTo(PageFormat.OPEN_METRICS);
        assertThat(Accept.of(List.of()).format()).isEqualTo(PageFormat.TEXT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | false",
                "gzip               | true",
                "deflate, GZIP, br  | true",
                "gzip;q=0           | false",
                "gzip;q=0.001       | true",
                "identity           | false",
                "*                  | true",
                "*;q=0              | false",
                "gzip;q=0, *        | false",
                "x-gzipped          | false"
            })
    void onlyThoseWhoTakeGzipGetIt(String header, boolean gzip) {
        assertThat(Accept.of(List.of(header)).gzip()).isEqualTo(gzip);
    }
}
