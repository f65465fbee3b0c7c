package logtail.cli;

import java.util.Arrays;
import java.util.Optional;
import logtail.runtime.config.Program;

/** The main verticle of each program; by name, so that a command loads only what it starts. */
final class Verticles {
    private Verticles() {}

    static String className(Program program) {
        return switch (program) {
            case COLLECTOR -> "logtail.collector.CollectorVerticle";
            case FRONTEND -> "logtail.frontend.FrontendVerticle";
            case STANDALONE, DEMO -> "logtail.cli.StandaloneVerticle";
        };
    }

    /** The program that is meant by its name or by the class of its verticle; the demo has no name of its own here. */
    static Optional<Program> program(String nameOrClass) {
        return Arrays.stream(Program.values())
                .filter(program -> program != Program.DEMO)
                .filter(program -> nameOrClass.equals(program.id()) || nameOrClass.equals(className(program)))
                .findFirst();
    }
}
