package logtail.cli;

import io.vertx.core.json.JsonObject;

/** Main class of a process that runs {@link SampleVerticle} as the commands run theirs. */
public final class SampleService {
    private SampleService() {}

    public static void main(String[] args) {
        Shell shell = Shell.ofProcess();
        System.exit(new Service("sample", args[0], new JsonObject(args[1])).run(shell));
    }
}
