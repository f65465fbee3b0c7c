package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import logtail.runtime.config.ConfigException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void shouldBlameTheConfigurationWhereverItIs() {
        Throwable wrapped = new ExecutionException(new CompletionException(new ConfigException("f.json: bad")));
        assertThat(Failure.line("collector", wrapped)).isEqualTo("f.json: bad");
        assertThat(Failure.exitCode(wrapped)).isEqualTo(2);
    }

    @Test
    void shouldSayTheFirstMessageThatIsNotThatOfACause() {
        Throwable bind = new BindException("Address already in use");
        assertThat(Failure.line("collector", new ExecutionException(bind)))
                .isEqualTo("collector: cannot bind: Address already in use");
        assertThat(Failure.line("collector", new IllegalStateException("cannot bind :9090: in use", bind)))
                .isEqualTo("collector: cannot bind :9090: in use");
        assertThat(Failure.line("collector", new BindException("cannot listen on 127.0.0.1:9090: in use")))
                .isEqualTo("collector: cannot listen on 127.0.0.1:9090: in use");
        assertThat(Failure.exitCode(bind)).isEqualTo(1);
    }

    @Test
    void shouldNameTheExceptionWhereItsMessageIsNoSentence() {
        assertThat(Failure.line("x", new ClassNotFoundException("a.B")))
                .isEqualTo("x: java.lang.ClassNotFoundException: a.B");
        assertThat(Failure.line("x", new IllegalStateException())).isEqualTo("x: java.lang.IllegalStateException");
    }

    @Test
    void shouldStayOnOneLine() {
        assertThat(Failure.line("x", new IllegalStateException("a\n\tb\u2028c")))
                .isEqualTo("x: a b c");
    }
}
