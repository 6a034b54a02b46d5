package dev.golive.aws.internal.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a folder as they become objects. */
public final class Folder {

    /** More than a site has; what is larger is not put there by a launch. */
    public static final int MOST = 10_000;

    private static final long LARGEST = 256L << 20;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("avif", "image/avif"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("gif", "image/gif"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("otf", "font/otf"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("webm", "video/webm"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("xml", "application/xml"),
            Map.entry("zip", "application/zip"));

    /**
     * A file.
     *
     * @param path where it is
     * @param name its path within the folder, with slashes
     * @param size how many bytes it has
     * @param digest the MD5 digest of its content
     */
    public record Entry(Path path, String name, long size, String digest) {

        /** Whether it names others, so that it has to come after them. */
        public boolean isPage() {
            return contentType().startsWith("text/html");
        }

        /** Its media type, by the ending of its name. */
        public String contentType() {
            int dot = name.lastIndexOf('.');
            return TYPES.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
        }

        /**
         * Its content, which must be what it was when the folder was read.
         *
         * @throws IOException if it is not, or cannot be read
         */
        public byte[] content() throws IOException {
            byte[] content = Files.readAllBytes(path);
            if (!md5(content).equals(digest)) {
                throw new IOException(path + " changed while it was put there");
            }
            return content;
        }
    }

    private Folder() {}

    /**
     * The files of a folder, in the order of their names.
     *
     * @throws IOException if it is no folder, has no file, or has something in it that cannot become an object
     */
    public static List<Entry> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        List<Entry> entries = new ArrayList<>();
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted().toList();
        }
        for (Path path : paths) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || path.equals(folder)) {
                continue;
            }
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(path + " is no regular file");
            }
            long size = Files.size(path);
            if (size > LARGEST) {
                throw new IOException(path + " has " + size + " bytes, which is more than " + LARGEST);
            }
            if (entries.size() == MOST) {
                throw new IOException(folder + " has more than " + MOST + " files");
            }
            byte[] content = Files.readAllBytes(path);
            entries.add(new Entry(
                    path,
                    folder.relativize(path)
                            .toString()
                            .replace(path.getFileSystem().getSeparator(), "/"),
                    content.length,
                    md5(content)));
        }
        if (entries.isEmpty()) {
            throw new IOException("there is no file in " + folder);
        }
        return entries;
    }

    /** The MD5 digest in hexadecimal digits, which is what S3 compares by; it protects nothing. */
    public static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks MD5", e);
        }
    }
}
