package dev.golive.testkit;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** All records of one name and one type, with one time to live (RFC 2181, section 5). Immutable. */
final class DnsRecordSet {

    private final Name owner;
    private final int type;
    private final long ttl;
    private final List<Record> records;

    private DnsRecordSet(Name owner, int type, long ttl, List<Record> records) {
        this.owner = owner;
        this.type = type;
        this.ttl = ttl;
        this.records = records;
    }

    static DnsRecordSet of(Name owner, int type, long ttl, List<Record> records) {
        List<Record> equal = new ArrayList<>(records.size());
        for (Record record : records) {
            Record copy = DnsText.copy(record, owner, ttl);
            if (!equal.contains(copy)) {
                equal.add(copy);
            }
        }
        return new DnsRecordSet(owner, type, ttl, List.copyOf(equal));
    }

    Name owner() {
        return owner;
    }

    int type() {
        return type;
    }

    long ttl() {
        return ttl;
    }

    List<Record> records() {
        return records;
    }

    /** Adding to a set gives the whole set the time to live of what was added. */
    DnsRecordSet plus(long newTtl, List<Record> more) {
        List<Record> all = new ArrayList<>(records);
        all.addAll(more);
        return of(owner, type, newTtl, all);
    }

    DnsRecordSet as(Name newOwner) {
        return newOwner.equals(owner) ? this : of(newOwner, type, ttl, records);
    }

    DnsRecordSet livingFor(long newTtl) {
        return newTtl == ttl ? this : of(owner, type, newTtl, records);
    }
}
