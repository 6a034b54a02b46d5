package dev.golive.testkit.internal.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.smithy.aws.traits.protocols.Ec2QueryNameTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.NumberNode;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.ShapeType;
import software.amazon.smithy.model.traits.HttpHeaderTrait;
import software.amazon.smithy.model.traits.HttpLabelTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.HttpPrefixHeadersTrait;
import software.amazon.smithy.model.traits.HttpQueryParamsTrait;
import software.amazon.smithy.model.traits.HttpQueryTrait;
import software.amazon.smithy.model.traits.HttpResponseCodeTrait;
import software.amazon.smithy.model.traits.JsonNameTrait;
import software.amazon.smithy.model.traits.MediaTypeTrait;
import software.amazon.smithy.model.traits.StreamingTrait;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;

/**
 * Model objects made from the shapes of a Smithy model, with the traits that the code generator of the SDK would have
 * given their fields in one protocol and direction.
 */
final class Shapes {

    private static final Map<ShapeType, MarshallingType<?>> TYPES = types();

    private static final Map<
                    software.amazon.smithy.model.traits.TimestampFormatTrait.Format, TimestampFormatTrait.Format>
            FORMATS = Map.of(
                    software.amazon.smithy.model.traits.TimestampFormatTrait.Format.DATE_TIME,
                            TimestampFormatTrait.Format.ISO_8601,
                    software.amazon.smithy.model.traits.TimestampFormatTrait.Format.HTTP_DATE,
                            TimestampFormatTrait.Format.RFC_822,
                    software.amazon.smithy.model.traits.TimestampFormatTrait.Format.EPOCH_SECONDS,
                            TimestampFormatTrait.Format.UNIX_TIMESTAMP);

    private final Model model;
    private final WireProtocol protocol;
    private final boolean input;
    private final Map<ShapeId, List<SdkField<?>>> fields = new HashMap<>();

    Shapes(Model model, WireProtocol protocol, boolean input) {
        this.model = model;
        this.protocol = protocol;
        this.input = input;
    }

    private static Map<ShapeType, MarshallingType<?>> types() {
        Map<ShapeType, MarshallingType<?>> types = new HashMap<>();
        types.put(ShapeType.STRING, MarshallingType.STRING);
        types.put(ShapeType.ENUM, MarshallingType.STRING);
        types.put(ShapeType.BOOLEAN, MarshallingType.BOOLEAN);
        types.put(ShapeType.BYTE, MarshallingType.BYTE);
        types.put(ShapeType.SHORT, MarshallingType.SHORT);
        types.put(ShapeType.INTEGER, MarshallingType.INTEGER);
        types.put(ShapeType.INT_ENUM, MarshallingType.INTEGER);
        types.put(ShapeType.LONG, MarshallingType.LONG);
        types.put(ShapeType.FLOAT, MarshallingType.FLOAT);
        types.put(ShapeType.DOUBLE, MarshallingType.DOUBLE);
        types.put(ShapeType.BIG_DECIMAL, MarshallingType.BIG_DECIMAL);
        types.put(ShapeType.BIG_INTEGER, MarshallingType.BIG_DECIMAL);
        types.put(ShapeType.TIMESTAMP, MarshallingType.INSTANT);
        types.put(ShapeType.BLOB, MarshallingType.SDK_BYTES);
        types.put(ShapeType.DOCUMENT, MarshallingType.DOCUMENT);
        types.put(ShapeType.STRUCTURE, MarshallingType.SDK_POJO);
        types.put(ShapeType.UNION, MarshallingType.SDK_POJO);
        types.put(ShapeType.LIST, MarshallingType.LIST);
        types.put(ShapeType.SET, MarshallingType.LIST);
        types.put(ShapeType.MAP, MarshallingType.MAP);
        return types;
    }

    ShapePojo pojo(ShapeId structure) {
        return new ShapePojo(() -> fields(structure));
    }

    /** The member that is a stream, of which the classes of the SDK know nothing. */
    Optional<MemberShape> stream(ShapeId structure) {
        return model.expectShape(structure).members().stream()
                .filter(member -> member.hasTrait(HttpPayloadTrait.class))
                .filter(member -> target(member).hasTrait(StreamingTrait.class))
                .findFirst();
    }

    private boolean isRest() {
        return protocol == WireProtocol.REST_JSON
                || protocol == WireProtocol.REST_XML
                || protocol == WireProtocol.REST_XML_S3;
    }

    private Shape target(MemberShape member) {
        return model.expectShape(member.getTarget());
    }

    private List<SdkField<?>> fields(ShapeId structure) {
        List<SdkField<?>> known = fields.get(structure);
        if (known == null) {
            known = new ArrayList<>();
            for (MemberShape member : model.expectShape(structure).members()) {
                if (!isRest() || !target(member).hasTrait(StreamingTrait.class)) {
                    known.add(field(member, false));
                }
            }
            fields.put(structure, known);
        }
        return known;
    }

    /** A field; the elements of lists and the values of maps are fields too, which have no place outside of the body. */
    private SdkField<?> field(MemberShape member, boolean element) {
        Shape target = target(member);
        List<Trait> traits = new ArrayList<>();
        MarshallLocation location = element ? MarshallLocation.PAYLOAD : location(member);
        traits.add(LocationTrait.builder()
                .location(location)
                .locationName(name(member, location, true))
                .unmarshallLocationName(name(member, location, false))
                .build());
        member.getMemberTrait(model, software.amazon.smithy.model.traits.TimestampFormatTrait.class)
                .ifPresent(trait -> traits.add(TimestampFormatTrait.create(FORMATS.get(trait.getFormat()))));
        if (isRest() && !element && member.hasTrait(HttpPayloadTrait.class)) {
            traits.add(PayloadTrait.create());
        }
        if (member.hasTrait(software.amazon.smithy.model.traits.XmlAttributeTrait.class)) {
            traits.add(XmlAttributeTrait.create());
        }
        if (target.isStringShape()
                && target.getTrait(MediaTypeTrait.class)
                        .filter(type -> type.getValue().equals("application/json"))
                        .isPresent()) {
            traits.add(JsonValueTrait.create());
        }
        boolean flattened = member.hasTrait(XmlFlattenedTrait.class);
        if (target instanceof ListShape list) {
            MemberShape inner = list.getMember();
            traits.add(ListTrait.builder()
                    .memberLocationName(inner.getTrait(XmlNameTrait.class)
                            .map(XmlNameTrait::getValue)
                            .orElse(null))
                    .memberFieldInfo(field(inner, true))
                    .isFlattened(flattened)
                    .build());
        } else if (target instanceof MapShape map) {
            traits.add(MapTrait.builder()
                    .keyLocationName(xmlName(map.getKey()))
                    .valueLocationName(xmlName(map.getValue()))
                    .valueFieldInfo(field(map.getValue(), true))
                    .isFlattened(flattened)
                    .build());
        }
        return field(TYPES.get(target.getType()), member.getMemberName(), target, traits);
    }

    @SuppressWarnings("unchecked") // a field of this name only ever holds what was put there
    private <T> SdkField<T> field(MarshallingType<T> type, String name, Shape target, List<Trait> traits) {
        return SdkField.<T>builder(type)
                .memberName(name)
                .getter(pojo -> (T) ((ShapePojo) pojo).values.get(name))
                .setter((pojo, value) -> ((ShapePojo) pojo).values.put(name, value))
                .constructor(() -> pojo(target.getId()))
                .traits(traits.toArray(new Trait[0]))
                .build();
    }

    private MarshallLocation location(MemberShape member) {
        if (!isRest()) {
            return MarshallLocation.PAYLOAD;
        }
        if (member.hasTrait(HttpHeaderTrait.class) || member.hasTrait(HttpPrefixHeadersTrait.class)) {
            return MarshallLocation.HEADER;
        }
        if (input && member.hasTrait(HttpLabelTrait.class)) {
            return MarshallLocation.PATH;
        }
        if (input && (member.hasTrait(HttpQueryTrait.class) || member.hasTrait(HttpQueryParamsTrait.class))) {
            return MarshallLocation.QUERY_PARAM;
        }
        return !input && member.hasTrait(HttpResponseCodeTrait.class)
                ? MarshallLocation.STATUS_CODE
                : MarshallLocation.PAYLOAD;
    }

    private String name(MemberShape member, MarshallLocation location, boolean request) {
        if (location == MarshallLocation.HEADER) {
            return member.getTrait(HttpHeaderTrait.class)
                    .map(HttpHeaderTrait::getValue)
                    .orElseGet(() ->
                            member.expectTrait(HttpPrefixHeadersTrait.class).getValue());
        }
        if (location == MarshallLocation.QUERY_PARAM) {
            return member.getTrait(HttpQueryTrait.class)
                    .map(HttpQueryTrait::getValue)
                    .orElse(member.getMemberName());
        }
        return switch (protocol) {
            case REST_JSON ->
                member.getTrait(JsonNameTrait.class)
                        .map(JsonNameTrait::getValue)
                        .orElse(member.getMemberName());
            case QUERY -> xmlName(member);
            case REST_XML, REST_XML_S3 -> member.hasTrait(HttpPayloadTrait.class) ? rootName(member) : xmlName(member);
            case EC2_QUERY ->
                request
                        ? member.getTrait(Ec2QueryNameTrait.class)
                                .map(Ec2QueryNameTrait::getValue)
                                .orElseGet(() -> capital(xmlName(member)))
                        : xmlName(member);
            default -> member.getMemberName();
        };
    }

    private String rootName(MemberShape member) {
        return member.getMemberTrait(model, XmlNameTrait.class)
                .map(XmlNameTrait::getValue)
                .orElse(target(member).getId().getName());
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String xmlName(MemberShape member) {
        return member.getTrait(XmlNameTrait.class).map(XmlNameTrait::getValue).orElse(member.getMemberName());
    }

    /** An object of a structure with these values, as the vectors write them. */
    ShapePojo pojo(ShapeId structure, ObjectNode params) {
        ShapePojo pojo = pojo(structure);
        Shape shape = model.expectShape(structure);
        params.getStringMap().forEach((name, node) -> {
            MemberShape member = shape.getMember(name).orElseThrow();
            if (!node.isNullNode() && !(isRest() && target(member).hasTrait(StreamingTrait.class))) {
                pojo.values.put(name, value(target(member), node));
            }
        });
        return pojo;
    }

    private Object value(Shape shape, Node node) {
        if (node.isNullNode()) {
            return shape.isDocumentShape() ? Document.fromNull() : null;
        }
        return switch (shape.getType()) {
            case STRING, ENUM -> node.expectStringNode().getValue();
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case BYTE -> number(node).byteValueExact();
            case SHORT -> number(node).shortValueExact();
            case INTEGER, INT_ENUM -> number(node).intValueExact();
            case LONG -> number(node).longValueExact();
            case FLOAT -> Float.valueOf(floating(node));
            case DOUBLE -> Double.valueOf(floating(node));
            case BIG_INTEGER, BIG_DECIMAL -> number(node);
            case TIMESTAMP -> instant(number(node));
            case BLOB -> SdkBytes.fromUtf8String(node.expectStringNode().getValue());
            case DOCUMENT -> document(node);
            case LIST, SET -> {
                List<Object> list = new ArrayList<>();
                Shape element = target(((ListShape) shape).getMember());
                node.expectArrayNode().getElements().forEach(e -> list.add(value(element, e)));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                Shape valueShape = target(((MapShape) shape).getValue());
                node.expectObjectNode().getStringMap().forEach((key, v) -> map.put(key, value(valueShape, v)));
                yield map;
            }
            default -> pojo(shape.getId(), node.expectObjectNode());
        };
    }

    private static String floating(Node node) {
        return node.isStringNode()
                ? node.expectStringNode().getValue()
                : number(node).toString();
    }

    private static Instant instant(BigDecimal seconds) {
        long nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValueExact();
        return Instant.ofEpochSecond(seconds.longValue(), nanos);
    }

    private static BigDecimal number(Node node) {
        return new BigDecimal(node.expectNumberNode().getValue().toString());
    }

    private static Document document(Node node) {
        return switch (node.getType()) {
            case OBJECT -> {
                Map<String, Document> map = new LinkedHashMap<>();
                node.expectObjectNode().getStringMap().forEach((key, value) -> map.put(key, document(value)));
                yield Document.fromMap(map);
            }
            case ARRAY -> {
                List<Document> list = new ArrayList<>();
                node.expectArrayNode().getElements().forEach(value -> list.add(document(value)));
                yield Document.fromList(list);
            }
            case BOOLEAN -> Document.fromBoolean(node.expectBooleanNode().getValue());
            case NUMBER -> Document.fromNumber(((NumberNode) node).getValue().toString());
            case STRING -> Document.fromString(node.expectStringNode().getValue());
            default -> Document.fromNull();
        };
    }
}
