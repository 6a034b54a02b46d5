package dev.golive.rollback;

import java.util.Set;

/** Fires when so many of the last slots are breaches. */
final class SlotsTrigger extends Trigger {

    static final int MOST = 1000;

    final Breaches breaches;
    final int m;
    final int n;

    SlotsTrigger(Breaches breaches, int m, int n) {
        this(breaches, m, n, Options.STANDARD);
    }

    private SlotsTrigger(Breaches breaches, int m, int n, Options options) {
        super(options);
        this.breaches = breaches;
        this.m = m;
        this.n = n;
    }

    @Override
    public String sentence() {
        return breaches.subject() + " in " + m + " of " + n + " slots";
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(breaches.signal());
    }

    @Override
    String settings() {
        return breaches.settings() + super.settings();
    }

    @Override
    SlotsTrigger with(Options changed) {
        return new SlotsTrigger(breaches, m, n, changed);
    }

    @Override
    Progress begin(Setting setting) {
        return new SlotsProgress(this, setting.inside(options));
    }
}
