package dev.golive;

import java.util.Set;

/** A deployment under another id, with another conduct or with tags. */
final class NamedDeploy extends NamedAction implements Deploy {

    NamedDeploy(Deploy deploy, String id, Conduct conduct, Set<String> tags) {
        super(deploy, id, conduct, tags);
    }

    @Override
    public Capture<Release> release() {
        return ((Deploy) inner()).release();
    }

    @Override
    public Component component() {
        return ((Deploy) inner()).component();
    }
}
