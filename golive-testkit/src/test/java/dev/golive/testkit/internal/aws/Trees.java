package dev.golive.testkit.internal.aws;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Bodies reduced to what they mean, to be compared; read by other means than those under test. */
final class Trees {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private Trees() {}

    static Object json(byte[] body) throws IOException {
        return meaning(JSON.readTree(body));
    }

    static Object cbor(byte[] body) throws IOException {
        return meaning(CBOR.readTree(body));
    }

    private static Object meaning(JsonNode node) throws IOException {
        if (node.isObject()) {
            Map<String, Object> map = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                map.put(entry.getKey(), meaning(entry.getValue()));
            }
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : (ArrayNode) node) {
                list.add(meaning(element));
            }
            return list;
        }
        if (node.isNumber()) {
            double value = node.doubleValue();
            return Double.isFinite(value) ? new BigDecimal(node.asText()).stripTrailingZeros() : (Object) value;
        }
        if (node.isBinary()) {
            return List.of("bytes", Arrays.toString(node.binaryValue()));
        }
        return node.asToken() == JsonToken.VALUE_NULL ? "(null)" : List.of(node.asText(), node.getNodeType());
    }

    /** An element of XML: attributes sorted, children of different names in any order, without declared namespaces. */
    static String xml(byte[] body, boolean rootName) throws IOException {
        Element root = root(body);
        return meaning(root, rootName ? root.getTagName() : "(root)");
    }

    private static String meaning(Element element, String name) {
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (!attribute.getNodeName().startsWith("xmlns")) {
                attributes.add(" " + attribute.getNodeName() + "=" + attribute.getNodeValue());
            }
        }
        Collections.sort(attributes);
        Map<String, StringBuilder> children = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                children.computeIfAbsent(child.getNodeName(), key -> new StringBuilder())
                        .append(meaning(inner, child.getNodeName()));
            } else {
                text.append(child.getNodeValue());
            }
        }
        String content = children.isEmpty() ? text.toString() : String.join("", children.values());
        return "\n<" + name + String.join("", attributes) + ">" + content + "</" + name + ">";
    }

    static JsonNode read(boolean cbor, byte[] body) throws IOException {
        return (cbor ? CBOR : JSON).readTree(body);
    }

    /** The text of the first element of this name, wherever it is. */
    static Optional<String> text(byte[] body, String name) throws IOException {
        return Optional.ofNullable(root(body).getElementsByTagName(name).item(0))
                .map(Node::getTextContent);
    }

    private static Element root(byte[] body) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(new String(body, StandardCharsets.UTF_8))))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** The namespace that the root declares; empty if none. */
    static String namespace(byte[] body) throws IOException {
        return root(body).getAttribute("xmlns");
    }
}
