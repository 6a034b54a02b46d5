/** Checks of the protocols that every service speaks: HTTP, DNS, TLS and TCP. */
@SuppressWarnings("requires-automatic") // Apache HttpCore 5.3 has a name but no descriptor
module dev.golive.checks {
    requires java.naming;
    requires transitive dev.golive.api;
    requires com.fasterxml.jackson.databind;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.dnsjava;
    requires static transitive org.jspecify;

    exports dev.golive.checks;
}
