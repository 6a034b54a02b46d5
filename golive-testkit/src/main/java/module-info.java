/** Fakes that speak the real protocols on loopback, virtual time, and help for tests of checks and checklists. */
@SuppressWarnings("requires-automatic") // Apache HttpCore 5.3 has a name but no descriptor
module dev.golive.testkit {
    requires transitive dev.golive.api;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.dnsjava;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports dev.golive.testkit;
    exports dev.golive.testkit.junit;
}
