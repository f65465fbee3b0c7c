package logtail.collector;

import java.util.function.Supplier;
import logtail.core.store.View;

/** The one reference through which readers see the rings (D18). One thread installs; any thread reads. */
final class CurrentView implements Supplier<View> {
    private volatile View view;

    CurrentView(View first) {
        this.view = first;
    }

    void install(View next) {
        view = next;
    }

    @Override
    public View get() {
        return view;
    }
}
