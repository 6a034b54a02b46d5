package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The part of Railway's schema that the fake has: that it is a part of it, and that all of it is answered. */
class FakeRailwaySchemaTest extends OnFakeRailway {

    private static final GraphQLSchema SCHEMA = RailwayGraph.known();

    private static Path published() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path schema = folder.resolve("shared/railway/schema.json");
            if (Files.isReadable(schema)) {
                return schema;
            }
        }
        return Path.of("");
    }

    private static String type(JsonNode type) {
        return switch (type.get("kind").asText()) {
            case "NON_NULL" -> type(type.get("ofType")) + "!";
            case "LIST" -> "[" + type(type.get("ofType")) + "]";
            default -> type.get("name").asText();
        };
    }

    private static Map<String, String> types(JsonNode named) {
        Map<String, String> types = new TreeMap<>();
        named.forEach(one -> types.put(
                one.get("name").asText(),
                type(one.get("type"))
                        + (one.path("defaultValue").isTextual()
                                ? " = " + one.get("defaultValue").asText()
                                : "")));
        return types;
    }

    private static String type(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }

    @Test
    void it_is_a_part_of_the_published_schema() throws IOException {
        Path file = published();
        assumeTrue(Files.isRegularFile(file), "the schema of Railway is not here");
        JsonNode read = JSON.readTree(file.toFile());
        Map<String, JsonNode> published = new HashMap<>();
        (read.has("data") ? read.get("data") : read)
                .at("/__schema/types")
                .forEach(one -> published.put(one.get("name").asText(), one));
        List<String> wrong = new ArrayList<>();
        for (GraphQLNamedType ours : SCHEMA.getAllTypesAsList()) {
            JsonNode theirs = published.get(ours.getName());
            if (ours.getName().startsWith("__")) {
                continue;
            }
            if (theirs == null) {
                wrong.add("no type " + ours.getName());
            } else if (ours instanceof GraphQLObjectType object) {
                for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                    JsonNode other = StreamSupport.stream(theirs.get("fields").spliterator(), false)
                            .filter(one -> one.get("name").asText().equals(field.getName()))
                            .findFirst()
                            .orElse(null);
                    String name = object.getName() + "." + field.getName();
                    if (other == null) {
                        wrong.add("no field " + name);
                        continue;
                    }
                    compare(name, type(field.getType()), type(other.get("type")), wrong);
                    Map<String, String> arguments = new TreeMap<>();
                    for (GraphQLArgument argument : field.getArguments()) {
                        arguments.put(argument.getName(), type(argument.getType()));
                    }
                    compare(name, arguments, types(other.get("args")), wrong);
                    if (other.path("isDeprecated").asBoolean()) {
                        wrong.add("deprecated: " + name);
                    }
                }
            } else if (ours instanceof GraphQLInputObjectType object) {
                Map<String, String> fields = new TreeMap<>();
                for (GraphQLInputObjectField field : object.getFieldDefinitions()) {
                    fields.put(field.getName(), type(field.getType()) + (field.hasSetDefaultValue() ? " = false" : ""));
                }
                compare(object.getName(), fields, types(theirs.get("inputFields")), wrong);
            } else if (ours instanceof GraphQLEnumType object) {
                Set<String> values = new TreeSet<>();
                object.getValues().forEach(value -> values.add(value.getName()));
                Set<String> others = new TreeSet<>();
                theirs.get("enumValues")
                        .forEach(value -> others.add(value.get("name").asText()));
                compare(object.getName(), values, others, wrong);
            } else if (ours instanceof GraphQLScalarType) {
                compare(ours.getName(), "SCALAR", theirs.get("kind").asText(), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(String where, Object ours, Object theirs, List<String> wrong) {
        if (!ours.equals(theirs)) {
            wrong.add(where + " is " + ours + " but should be " + theirs);
        }
    }

    @Test
    void it_says_whose_it_is() {
        assertThat(RailwayGraph.source())
                .startsWith("# A subset of the published schema of Railway's public API, MIT, Copyright (c) 2023"
                        + " Railway Corp.");
    }

    @Test
    void every_document_that_a_client_may_send_is_understood() throws IOException {
        Path file = published().resolveSibling("operations.graphql");
        assumeTrue(Files.isRegularFile(file), "the documents for Railway are not here");
        Set<String> without = Set.of(
                "HttpLogs",
                "VolumeInstancePITRRestore",
                "NotificationRules",
                "NotificationRuleCreate",
                "NotificationRuleUpdate",
                "NotificationRuleDelete",
                "NotificationDeliveries");
        List<String> wrong = new ArrayList<>();
        int understood = 0;
        for (String part : Files.readString(file).split("(?m)^(?=query |mutation |subscription )")) {
            String name = part.replaceFirst("(?s)^\\w+ (\\w+).*", "$1");
            if (part.startsWith("subscription") || part.startsWith("#") || without.contains(name)) {
                continue;
            }
            RailwayGraph.Understood document = RailwayGraph.understand(part, null);
            understood++;
            if (!document.error().isEmpty()) {
                wrong.add(name + ": " + document.errors().get(0).getMessage());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(understood).isGreaterThan(50);
    }

    @Test
    void every_field_of_every_query_is_answered() throws Exception {
        FakeRailwayService api = fake.service("api")
                .source("acme/api", "main")
                .variable("MODE", "x")
                .serviceDomain("api.up.railway.app")
                .tcpProxy("proxy.example", 1, 2)
                .deployed("aaaa111")
                .metric("CPU_USAGE", START, 1)
                .used("CPU_USAGE", START.minusSeconds(1), 1)
                .served(START, 200, 1);
        api.domain("api.shop.example");
        api.log("info", "hello").buildLog("info", "building");
        fake.incident("something").usageLimit(10, 20).estimated("CPU_USAGE", 5).deprecatedRegion("us-west2", "x");
        FakeRailwayVolume volume = fake.volume("data")
                .service("api")
                .backupAt(START.minusSeconds(5))
                .schedules("DAILY");
        fake.in("production").stagedBySomebody("later");
        pass(2);
        Map<String, String> values = new HashMap<>(Map.of(
                "environmentId", fake.environmentId(),
                "projectId", fake.projectId(),
                "serviceId", api.id(),
                "deploymentId", api.deployments().get(0).id(),
                "workspaceId", fake.workspaceId(),
                "volumeInstanceId", volume.instanceId(),
                "workflowId", "none",
                "startDate", "2027-03-02T08:59:00Z",
                "endDate", "2027-03-02T09:00:01Z",
                "input", ""));
        Map<String, String> ids = Map.of(
                "project", fake.projectId(),
                "environment", fake.environmentId(),
                "deployment", api.deployments().get(0).id(),
                "deploymentEvents", api.deployments().get(0).id(),
                "volumeInstance", volume.instanceId(),
                "customDomain", api.domain("api.shop.example").id());
        List<String> empty = new ArrayList<>();
        for (GraphQLFieldDefinition field : SCHEMA.getQueryType().getFieldDefinitions()) {
            List<String> arguments = new ArrayList<>();
            for (GraphQLArgument argument : field.getArguments()) {
                String name = argument.getName();
                if (!GraphQLTypeUtil.isNonNull(argument.getType())) {
                    continue;
                } else if (name.equals("id")) {
                    arguments.add("id: \"" + ids.get(field.getName()) + "\"");
                } else if (name.equals("input")) {
                    arguments.add("input: {}");
                } else if (name.equals("measurements")) {
                    arguments.add("measurements: [CPU_USAGE]");
                } else {
                    arguments.add(name + ": \"" + values.get(name) + "\"");
                }
            }
            String document = "{ " + field.getName()
                    + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")")
                    + selection(field.getType(), 0) + " }";
            JsonNode body = JSON.readTree((field.getName().equals("projectToken")
                            ? send(ofProject(fake.projectToken()), document)
                            : send(bearer(fake.accountToken()), document))
                    .body());
            assertThat(body.path("errors")).as("%s", body).isEmpty();
            JsonNode answer = body.at("/data/" + field.getName());
            if (answer.isArray() && answer.isEmpty()) {
                empty.add(field.getName());
            }
        }
        fake.verify();
        assertThat(empty).isEmpty();
    }

    @Test
    void every_root_field_has_an_answer() {
        List<GraphQLFieldDefinition> all = new ArrayList<>(SCHEMA.getQueryType().getFieldDefinitions());
        all.addAll(SCHEMA.getMutationType().getFieldDefinitions());

        for (GraphQLFieldDefinition field : all) {
            // refuses a field that nothing answers
            fake.fault(field.getName(), RailwayFault.reset());
        }
        assertThat(all).hasSizeGreaterThan(50);
    }

    /** All that can be selected, a few levels deep. */
    private static String selection(GraphQLType type, int depth) {
        if (!(GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLObjectType object)) {
            return "";
        }
        List<String> fields = new ArrayList<>();
        for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
            boolean nested = GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType;
            if (!nested || depth < 6) {
                fields.add(field.getName() + selection(field.getType(), depth + 1));
            }
        }
        return fields.isEmpty() ? " { __typename }" : " { " + String.join(" ", fields) + " }";
    }
}
