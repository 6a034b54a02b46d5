package dev.golive.testkit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.rehearsal.DrillReport.Line;
import dev.golive.testkit.rehearsal.DrillReport.Outcome;
import org.junit.jupiter.api.Test;

class FireDrillTest {

    static Line line(DrillReport drill, String id) {
        return drill.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + drill.lines()));
    }

    @Test
    void what_is_wrong_before_the_launch_is_noticed_by_the_item_that_asks() {
        DrillReport drill = FireDrill.of(time -> {
                    DepotStage stage = new DepotStage(time);
                    stage.depot
                            .holding("database", "shop-db")
                            .holding("page", "page")
                            .holding("invoice", "invoice")
                            .holding("backup")
                            .holding("health");
                    return stage;
                })
                .on(DepotStage.PLANNED)
                .run();
        System.out.println(drill);
        System.out.println(drill.toMarkdown());
        drill.lines().forEach(System.out::println);
        assertThat(line(drill, "database spoilt").outcome()).isEqualTo(Outcome.BEFORE);
        assertThat(line(drill, "page spoilt").outcome()).isEqualTo(Outcome.LAUNCH);
        assertThat(line(drill, "invoice spoilt").outcome()).isEqualTo(Outcome.WATCH);
        assertThat(line(drill, "backup spoilt").outcome()).isEqualTo(Outcome.NOBODY);
    }
}
