package dev.golive.railway.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.testkit.railway.FakeRailway;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {

    /** What Railway's API answers to introspection, where a copy of it lies beside the project. */
    private static final Path PUBLISHED = Path.of("../../shared/railway/schema.json");

    private static OperationDefinition definition(Operation operation) {
        Document document = Parser.parse(operation.document());
        assertThat(document.getDefinitions()).hasSize(1);
        return document.getFirstDefinitionOfType(OperationDefinition.class).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void a_document_is_one_operation_with_one_root_field_and_is_known_by_both(Operation operation) {
        OperationDefinition definition = definition(operation);

        assertThat(definition.getName()).isEqualTo(operation.title());
        assertThat(definition.getSelectionSet().getSelections())
                .singleElement()
                .isInstanceOfSatisfying(
                        Field.class, field -> assertThat(field.getName()).isEqualTo(operation.root()));
        assertThat(operation.isWriting())
                .isEqualTo(definition.getOperation() == OperationDefinition.Operation.MUTATION);
    }

    @Test
    void the_fake_serves_every_document() throws IOException {
        try (Reader served = new InputStreamReader(
                Objects.requireNonNull(FakeRailway.class.getResourceAsStream("schema.graphqls")),
                StandardCharsets.UTF_8)) {
            assertValid(schema(new SchemaParser().parse(served)));
        }
    }

    @Test
    void railway_itself_serves_every_document() throws IOException {
        assumeTrue(Files.exists(PUBLISHED), "skipped: there is no copy of the published schema at " + PUBLISHED);
        Map<?, ?> body = new ObjectMapper().readValue(PUBLISHED.toFile(), Map.class);
        @SuppressWarnings("unchecked") // the answer to an introspection is an object
        Map<String, Object> data = (Map<String, Object>) Objects.requireNonNull(body.get("data"));

        assertValid(schema(
                new SchemaParser().buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(data))));
    }

    private static GraphQLSchema schema(TypeDefinitionRegistry types) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(types);
    }

    private static void assertValid(GraphQLSchema schema) {
        for (Operation operation : Operation.values()) {
            List<ValidationError> errors =
                    new Validator().validateDocument(schema, Parser.parse(operation.document()), Locale.ROOT);
            assertThat(errors).as(operation.name()).isEmpty();
        }
    }
}
