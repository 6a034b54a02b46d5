package dev.golive;

/** A deployment under another id or with another conduct. */
final class NamedDeploy extends NamedAction implements Deploy {

    NamedDeploy(Deploy deploy, String id, Conduct conduct) {
        super(deploy, id, conduct);
    }

    @Override
    public Capture<Release> release() {
        return ((Deploy) inner()).release();
    }

    @Override
    public Component component() {
        return ((Deploy) inner()).component();
    }

    @Override
    public Deploy with(String id, Conduct conduct) {
        return new NamedDeploy(this, id, conduct);
    }
}
