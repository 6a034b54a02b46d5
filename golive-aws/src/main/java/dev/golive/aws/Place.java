package dev.golive.aws;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import java.util.List;
import java.util.Set;

/** Where checks and actions ask: an account of AWS, or a store of somebody else that speaks the protocol of S3. */
interface Place {

    /** Asks a service in an attempt. */
    <T> T ask(Service service, CheckContext context, Calls.Asking<T> asking) throws Exception;

    /** What must hold before a check is examined. */
    List<Check> preconditions(Check check);

    /** What is revealed to whoever is asked. */
    Set<Secret> secrets();

    /** What is touched. */
    Set<Subject> touches();

    /** Something that must be allowed. */
    Permission permission(String action, String resource);

    /** What follows the name of a thing to say where it is, for example {@code " in eu-north-1"}. */
    String whereabouts();
}
