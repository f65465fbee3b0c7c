package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import logtail.frontend.backend.Answers;
import logtail.frontend.query.PageQuery;
import logtail.wire.Freshness;
import logtail.wire.Target;

/**
 * Who answers, and who else could.
 *
 * @param name of the node that answered, or its address
 * @param choices what can be looked at; empty when that is not known, or there is no choice
 * @param freshness how current their numbers are; may be empty
 * @param stale whether some are not
 */
public record Nodes(String name, List<Choice> choices, String freshness, boolean stale) {

    /** A page that asked nobody. */
    static Nodes unasked(String configured) {
        return new Nodes(Shown.label(configured), List.of(), "", false);
    }

    static Nodes of(PageQuery query, Answers answers) {
        String name = answers.ranking().fold(reply -> reply.source(), failure -> answers.target());
        List<Target> targets = answers.nodes().fold(Function.identity(), failure -> List.<Target>of());
        return new Nodes(
                Shown.label(name.isEmpty() ? answers.target() : name),
                choices(query, targets),
                freshness(targets),
                targets.stream().anyMatch(target -> isBehind(target.state())));
    }

    /** A collector names only itself: no choice. */
    private static List<Choice> choices(PageQuery query, List<Target> targets) {
        if (targets.stream().allMatch(target -> target.addr().isEmpty())) {
            return List.of();
        }
        Map<String, Long> names = targets.stream().collect(Collectors.groupingBy(Target::name, Collectors.counting()));
        List<Choice> choices = new ArrayList<>();
        choices.add(Choice.of("all", query.withTarget("").url(), query.target().isEmpty()));
        for (Target target : targets) {
            boolean ambiguous = target.name().isEmpty() || names.getOrDefault(target.name(), 1L) > 1;
            String text = ambiguous ? target.name() + " " + target.addr() : target.name();
            choices.add(new Choice(
                    Shown.label(text.strip()),
                    query.withTarget(target.addr()).url(),
                    note(target),
                    isBehind(target.state()) ? "behind" : "",
                    target.addr().equals(query.target())));
        }
        return choices;
    }

    private static boolean isBehind(Freshness state) {
        return state == Freshness.STALE || state == Freshness.DEGRADED || state == Freshness.NEVER;
    }

    /** Empty for a node that is up to date. */
    private static String note(Target target) {
        return switch (target.state()) {
            case FRESH, UNKNOWN -> "";
            case STALE -> "stale " + Numbers.duration(target.ageSeconds());
            case DEGRADED -> "degraded";
            case NEVER -> "no data yet";
        };
    }

    private static String freshness(List<Target> targets) {
        long known =
                targets.stream().filter(t -> t.state() != Freshness.UNKNOWN).count();
        if (known == 0) {
            return "";
        }
        if (targets.size() == 1) {
            String note = note(targets.get(0));
            return note.isEmpty() ? "fresh" : note;
        }
        long fresh = targets.stream().filter(t -> t.state() == Freshness.FRESH).count();
        return fresh + " of " + targets.size() + " fresh";
    }
}
