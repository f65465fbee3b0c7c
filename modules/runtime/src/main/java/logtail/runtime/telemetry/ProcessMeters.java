package logtail.runtime.telemetry;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Micrometer does not measure of the process, or not in seconds. */
final class ProcessMeters {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double NANOS = 1e9;

    private ProcessMeters() {}

    static void bind(Meters meters) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            meters.sum(Metric.PROCESS_CPU, () -> Math.max(0, system.getProcessCpuTime()) / NANOS);
        }
        meters.gauge(Metric.PROCESS_RESIDENT_MEMORY, () -> residentBytes(STATUS));
    }

    /** Resident memory as Linux says it; NaN elsewhere. */
    static double residentBytes(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .mapToDouble(kib -> kib * 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }
}
