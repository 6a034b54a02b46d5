/** What every provider with an HTTP API shares. */
module dev.golive.provider {
    requires transitive dev.golive.api;
    requires com.fasterxml.jackson.databind;
    requires transitive java.net.http;
    requires static transitive org.jspecify;

    exports dev.golive.provider;
}
