package dev.golive.testkit.railway;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.CoercedVariables;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The schema of the fake: which documents it takes, and how they are answered, all of it on the caller's thread. */
final class RailwayGraph {

    /** What answers a root field. */
    @FunctionalInterface
    interface Handler {

        /**
         * Answers it.
         *
         * @param args the arguments
         * @param asking who asks, and when
         * @return maps, lists and plain values, as the schema wants them
         */
        @Nullable
        Object answer(Args args, Asking asking);
    }

    /** A value that is made only where it is asked for, or needs the arguments of its field. */
    @FunctionalInterface
    interface Part {

        /**
         * Makes it.
         *
         * @param args the arguments of the field
         * @return maps, lists and plain values, as the schema wants them
         */
        @Nullable
        Object of(Args args);
    }

    /**
     * A document that was understood, or why it was not.
     *
     * @param error the code of the error, empty if it was understood
     * @param parsed what it says, null if it was not understood
     */
    record Understood(
            String document,
            String error,
            List<GraphQLError> errors,
            String operation,
            boolean mutation,
            List<String> fields,
            @Nullable Document parsed) {}

    /** What a document is answered, and what was wrong with it or with the fake. */
    record Answer(Map<String, @Nullable Object> body, List<String> problems) {}

    /** One execution of a document. */
    private static final class Call {
        final Map<String, Handler> handlers;
        final Asking asking;
        final Map<List<Object>, String> foreign = new HashMap<>();
        final List<String> problems = new ArrayList<>();

        Call(Map<String, Handler> handlers, Asking asking) {
            this.handlers = handlers;
            this.asking = asking;
        }
    }

    /** Parsed once, since it never changes. */
    private static final class Known {
        static final GraphQLSchema SCHEMA = schema();
    }

    private static final String PARSING = "GRAPHQL_PARSE_FAILED";
    private static final String VALIDATION = "GRAPHQL_VALIDATION_FAILED";
    private static final String CODE = "code";
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private RailwayGraph() {}

    static GraphQLSchema known() {
        return Known.SCHEMA;
    }

    /** An instant in the form in which Railway writes it. */
    static String text(Instant instant) {
        return INSTANT.format(instant);
    }

    /** The text of the schema, which is a resource next to this class. */
    static String source() {
        try (InputStream in = FakeRailway.class.getResourceAsStream("schema.graphqls")) {
            return new String(Objects.requireNonNull(in, "schema.graphqls").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- reading

    /** Reads a document and holds it against the schema. */
    static Understood understand(String document, @Nullable String operationName) {
        ParseAndValidateResult read = ParseAndValidate.parseAndValidate(
                known(), ExecutionInput.newExecutionInput(document).build());
        if (read.isFailure()) {
            String code = read.getSyntaxException() != null ? PARSING : VALIDATION;
            return new Understood(document, code, read.getErrors(), "", false, List.of(), null);
        }
        OperationDefinition operation = operation(Objects.requireNonNull(read.getDocument()), operationName);
        if (operation == null) {
            GraphQLError error = GraphQLError.newError()
                    .message(
                            operationName == null
                                    ? "Must provide operation name if query contains multiple operations."
                                    : "Unknown operation named \"" + operationName + "\".")
                    .build();
            return new Understood(document, VALIDATION, List.of(error), "", false, List.of(), null);
        }
        List<String> fields = new ArrayList<>();
        for (Selection<?> selection : operation.getSelectionSet().getSelections()) {
            if (selection instanceof Field field) {
                fields.add(field.getName());
            }
        }
        return new Understood(
                document,
                "",
                List.of(),
                operation.getName() == null ? "" : operation.getName(),
                operation.getOperation() == OperationDefinition.Operation.MUTATION,
                List.copyOf(fields),
                read.getDocument());
    }

    private static @Nullable OperationDefinition operation(Document document, @Nullable String name) {
        OperationDefinition found = null;
        for (Definition<?> definition : document.getDefinitions()) {
            if (definition instanceof OperationDefinition operation
                    && (name == null || name.equals(operation.getName()))) {
                if (found != null) {
                    return null;
                }
                found = operation;
            }
        }
        return found;
    }

    // ---- answering

    /** The body for a document that was not understood. */
    static Map<String, @Nullable Object> refusal(Understood document, LongSupplier traces) {
        List<Object> errors = new ArrayList<>();
        for (GraphQLError error : document.errors()) {
            errors.add(error(error.getMessage(), error.getLocations(), null, document.error(), traces));
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("errors", errors);
        return body;
    }

    /** The body for a single error. */
    static Map<String, @Nullable Object> refusal(RailwayError refusal, @Nullable String field, LongSupplier traces) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("errors", List.of(error(refusal.text(), null, path(field), refusal.code(), traces)));
        body.put("data", null);
        return body;
    }

    private static @Nullable List<Object> path(@Nullable String field) {
        return field == null ? null : List.of(field);
    }

    /** Executes a document that was understood. */
    static Answer answer(
            Understood document,
            @Nullable String operationName,
            Map<String, Object> variables,
            Map<String, Handler> handlers,
            Asking asking,
            boolean partial,
            LongSupplier traces) {
        Call call = new Call(handlers, asking);
        ExecutionResult result = GraphQL.newGraphQL(known())
                .defaultDataFetcherExceptionHandler(thrown -> failed(thrown, call))
                .preparsedDocumentProvider((input, parsing) -> CompletableFuture.completedFuture(
                        new PreparsedDocumentEntry(Objects.requireNonNull(document.parsed(), "parsed"))))
                .build()
                .execute(ExecutionInput.newExecutionInput(document.document())
                        .operationName(operationName)
                        .variables(variables)
                        .graphQLContext(Map.of(Call.class, call))
                        .build());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        List<Object> errors = new ArrayList<>();
        for (GraphQLError error : result.getErrors()) {
            Object code =
                    error.getExtensions() == null ? null : error.getExtensions().get(CODE);
            if (code != null) {
                errors.add(error(error.getMessage(), error.getLocations(), error.getPath(), code.toString(), traces));
            } else if (result.isDataPresent()) {
                call.problems.add("FakeRailway cannot answer " + document.fields() + ": " + error.getMessage());
                errors.add(error(RailwayError.PROBLEM, null, null, "", traces));
            } else {
                call.problems.add("variables do not fit " + document.fields() + ": " + error.getMessage());
                errors.add(
                        error.getMessage().contains("not defined for input")
                                ? error(RailwayError.PROBLEM, null, null, "", traces)
                                : error(error.getMessage(), error.getLocations(), null, "BAD_USER_INPUT", traces));
            }
        }
        Object data = result.isDataPresent() ? shown(result.getData(), List.of(), call, partial) : null;
        if (partial) {
            errors.add(error(
                    "Internal server error", null, path(document.fields().get(0)), "INTERNAL_SERVER_ERROR", traces));
        }
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        body.put("data", data);
        return new Answer(body, call.problems);
    }

    private static CompletableFuture<DataFetcherExceptionHandlerResult> failed(
            DataFetcherExceptionHandlerParameters thrown, Call call) {
        Throwable why = thrown.getException();
        if (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        RailwayError refusal;
        if (why instanceof RailwayError error) {
            refusal = error;
        } else {
            StackTraceElement[] stack = why.getStackTrace();
            call.problems.add("FakeRailway cannot answer " + thrown.getPath() + ": " + why
                    + (stack.length == 0 ? "" : " at " + stack[0]));
            refusal = RailwayError.problem();
        }
        GraphQLError.Builder<?> error =
                GraphQLError.newError().message("%s", refusal.text()).extensions(Map.of(CODE, refusal.code()));
        if (!refusal.code().isEmpty()) {
            error.path(thrown.getPath()).location(thrown.getSourceLocation());
        }
        return CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult.newResult()
                .error(error.build())
                .build());
    }

    /** An error in the shape in which Railway sends it. */
    private static Map<String, Object> error(
            String message,
            @Nullable List<SourceLocation> locations,
            @Nullable List<Object> path,
            String code,
            LongSupplier traces) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        if (locations != null && !locations.isEmpty()) {
            error.put(
                    "locations",
                    locations.stream()
                            .map(at -> Map.of("line", at.getLine(), "column", at.getColumn()))
                            .toList());
        }
        if (path != null && !path.isEmpty()) {
            error.put("path", path);
        }
        if (!code.isEmpty()) {
            error.put("extensions", Map.of(CODE, code));
        }
        error.put("traceId", String.valueOf(traces.getAsLong()));
        return error;
    }

    /** What is sent: with the values that no enum of the schema has, and without what is left out. */
    private static @Nullable Object shown(@Nullable Object value, List<Object> path, Call call, boolean partial) {
        String foreign = call.foreign.get(path);
        if (foreign != null) {
            return foreign;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(key.toString(), shown(one, with(path, key), call, partial)));
            return copy;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            int size = partial ? Math.max(0, list.size() - 1) : list.size();
            for (int i = 0; i < size; i++) {
                copy.add(shown(list.get(i), with(path, i), call, partial));
            }
            return copy;
        }
        return value;
    }

    private static List<Object> with(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    // ---- the schema

    private static @Nullable Object fetch(DataFetchingEnvironment field) {
        Call call = Objects.requireNonNull(field.getGraphQlContext().get(Call.class), "call");
        String name = field.getField().getName();
        Args args = new Args(field.getArguments());
        Object value;
        if (field.getSource() instanceof Map<?, ?> source) {
            if (!source.containsKey(name)) {
                throw new IllegalStateException("nothing answers " + field.getParentType() + "." + name);
            }
            value = source.get(name);
            if (value instanceof Part part) {
                value = part.of(args);
            }
        } else {
            Handler handler = call.handlers.get(name);
            if (handler == null) {
                throw new IllegalStateException("nothing answers " + name);
            }
            value = handler.answer(args, call.asking);
        }
        if (value instanceof String text
                && GraphQLTypeUtil.unwrapNonNull(field.getFieldType()) instanceof GraphQLEnumType type
                && type.getValue(text) == null) {
            call.foreign.put(field.getExecutionStepInfo().getPath().toList(), text);
            return type.getValues().get(0).getValue();
        }
        return value;
    }

    private static GraphQLSchema schema() {
        WiringFactory wiring = new WiringFactory() {
            @Override
            public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
                return RailwayGraph::fetch;
            }

            @Override
            public boolean providesScalar(ScalarWiringEnvironment environment) {
                return !ScalarInfo.isGraphqlSpecifiedScalar(
                        environment.getScalarTypeDefinition().getName());
            }

            @Override
            public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
                return GraphQLScalarType.newScalar()
                        .name(environment.getScalarTypeDefinition().getName())
                        .coercing(new AsItIs())
                        .build();
            }
        };
        return new SchemaGenerator()
                .makeExecutableSchema(
                        new SchemaParser().parse(source()),
                        RuntimeWiring.newRuntimeWiring().wiringFactory(wiring).build());
    }

    /** A scalar of Railway's own: any JSON, of which only instants have a form. */
    private static final class AsItIs implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value instanceof Instant instant ? text(instant) : value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public @Nullable Object parseLiteral(
                Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return plain(value, variables);
        }

        private static @Nullable Object plain(Value<?> value, CoercedVariables variables) {
            if (value instanceof StringValue text) {
                return text.getValue();
            } else if (value instanceof IntValue number) {
                return number.getValue();
            } else if (value instanceof FloatValue number) {
                return number.getValue();
            } else if (value instanceof BooleanValue flag) {
                return flag.isValue();
            } else if (value instanceof VariableReference reference) {
                return variables.get(reference.getName());
            } else if (value instanceof ArrayValue array) {
                List<@Nullable Object> list = new ArrayList<>();
                for (Value<?> one : array.getValues()) {
                    list.add(plain(one, variables));
                }
                return list;
            } else if (value instanceof ObjectValue object) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (ObjectField one : object.getObjectFields()) {
                    map.put(one.getName(), plain(one.getValue(), variables));
                }
                return map;
            }
            return null;
        }
    }
}
