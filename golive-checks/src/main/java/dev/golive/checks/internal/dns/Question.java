package dev.golive.checks.internal.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What a name server is asked.
 *
 * @param name the name
 * @param type the number of the type
 * @param recursive whether the server is to find out, rather than to say what it serves
 */
public record Question(Name name, int type, boolean recursive) {

    @Override
    public String toString() {
        return Type.string(type) + " of " + Names.text(name);
    }
}
