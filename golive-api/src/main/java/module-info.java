/** The go-live checklist as a value: the model, the engine and the reports. */
@SuppressWarnings("requires-automatic") // the template runtime has a module name, but no descriptor
module dev.golive.api {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires gg.jte.runtime;
    requires java.xml;
    requires static transitive org.jspecify;

    exports dev.golive;
    exports dev.golive.journal;
    exports dev.golive.launch;
    exports dev.golive.report;
    exports dev.golive.rollback;
    exports dev.golive.time;

    opens dev.golive.launch to
            com.fasterxml.jackson.databind; // the events of a journal
}
