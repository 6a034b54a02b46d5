package dev.golive.checks.internal.http;

import dev.golive.checks.HttpVersion;
import java.time.Duration;
import java.util.List;

/**
 * What came back for one request.
 *
 * @param status the status code
 * @param version the version it was sent in
 * @param fields the lines of its header
 * @param body its content
 * @param firstByte from the request to the first byte
 * @param whole from the request to the last byte
 */
record Received(int status, HttpVersion version, List<Field> fields, Body body, Duration firstByte, Duration whole) {}
