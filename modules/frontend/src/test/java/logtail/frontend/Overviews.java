package logtail.frontend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import logtail.core.query.Overview;
import logtail.core.query.Overview.Detail;
import logtail.core.query.Overview.Moment;
import logtail.core.query.Overview.Stretch;
import logtail.core.query.StatusCounts;
import logtail.core.query.TopNAnswer;

/** Overviews of an hour in minutes, the last five of which are ranked and end at {@link FakeBackend#NOW_SECONDS}. */
public final class Overviews {
    private static final int POINTS = 60;
    private static final int MINUTE = 60;

    public static final Overview OF_ONE_ROW = of(new TopNAnswer(List.of(FakeBackend.row("a", 1)), 1, 0, true, 5));

    private Overviews() {}

    /** Half of everything was answered with 2xx, a quarter with 4xx; before there was half as much, without 4xx. */
    public static Overview of(TopNAnswer ranking) {
        Random random = new Random(1);
        List<Moment> trend = new ArrayList<>();
        for (int i = POINTS; i > 0; i--) {
            trend.add(new Moment(FakeBackend.NOW_SECONDS - (long) i * MINUTE, new StatusCounts(4, 2, 0, 1, 0)));
        }
        List<Detail> details = new ArrayList<>();
        for (TopNAnswer.Row row : ranking.rows()) {
            long count = row.count();
            StatusCounts now = new StatusCounts(count, count / 2, 0, count / 4, 1);
            List<Long> points = random.longs(POINTS, 0, 1_000).boxed().toList();
            details.add(new Detail(now, count / 2, points));
        }
        long total = ranking.total();
        return new Overview(
                ranking,
                details,
                new Stretch(FakeBackend.NOW_SECONDS - 5 * MINUTE, 5 * MINUTE, MINUTE),
                new Stretch(FakeBackend.NOW_SECONDS - 10 * MINUTE, 5 * MINUTE, MINUTE),
                new StatusCounts(total, total / 2, 0, total / 4, 0),
                new StatusCounts(total / 2, total / 2, 0, 0, 0),
                trend,
                List.of(),
                total / 100,
                false,
                FakeBackend.NOW_SECONDS - 60 * MINUTE);
    }

    /** The same with changes. */
    public static Overview changed(Overview calm, Overview.Change... changes) {
        return new Overview(
                calm.ranking(),
                calm.details(),
                calm.window(),
                calm.before(),
                calm.now(),
                calm.earlier(),
                calm.trend(),
                Arrays.asList(changes),
                calm.folded(),
                calm.catchUp(),
                calm.sinceSeconds());
    }
}
