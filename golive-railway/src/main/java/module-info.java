/** Checks, actions and components of Railway. */
module dev.golive.railway {
    requires transitive dev.golive.api;
    requires com.fasterxml.jackson.databind;
    requires dev.golive.provider;
    requires static transitive org.jspecify;

    exports dev.golive.railway;
}
