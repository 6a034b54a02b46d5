package dev.golive;

import java.io.IOException;

/** Thrown when a check wants to reach a host that the environment of the run does not list, for example by a redirect. */
public final class HostNotListedException extends IOException {

    private static final long serialVersionUID = 1L;

    HostNotListedException(String host, Environment environment) {
        super("the environment " + environment.name() + " does not list the host " + host);
    }
}
