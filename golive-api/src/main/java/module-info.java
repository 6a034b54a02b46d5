/** The go-live checklist as a value: the model, the engine and the reports. */
module dev.golive.api {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires java.xml;
    requires static transitive org.jspecify;

    exports dev.golive;
    exports dev.golive.report;
    exports dev.golive.time;
}
