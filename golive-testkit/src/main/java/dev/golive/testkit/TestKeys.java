package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * A key pair for tests, made from a seed. Bouncy Castle's lightweight classes do the work, so that no provider has to be
 * registered in the JVM and the same seed gives the same key on every JDK.
 */
final class TestKeys {

    /** What kind of key to make: an elliptic curve by its name, or RSA with a number of bits. */
    record Kind(String curve, int rsaBits) {

        static final Kind P256 = new Kind("P-256", 0);

        static Kind ec(String curve) {
            if (ECNamedCurveTable.getByName(curve) == null) {
                throw new IllegalArgumentException("curve must be a named curve such as P-256, was " + curve);
            }
            return new Kind(curve, 0);
        }

        static Kind rsa(int bits) {
            if (bits < 512 || bits > 8192) {
                throw new IllegalArgumentException("bits must be between 512 and 8192, was " + bits);
            }
            return new Kind("", bits);
        }

        boolean isRsa() {
            return rsaBits > 0;
        }
    }

    private static final int MOST_KEPT = 256;

    private static final Map<String, TestKeys> KEPT = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TestKeys> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private final boolean rsa;
    private final AsymmetricCipherKeyPair pair;
    private final PrivateKey privateKey;
    private final SubjectPublicKeyInfo publicKey;

    private TestKeys(boolean rsa, AsymmetricCipherKeyPair pair) {
        this.rsa = rsa;
        this.pair = pair;
        try {
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate());
            this.privateKey = KeyFactory.getInstance(rsa ? "RSA" : "EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            this.publicKey = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a key of this kind", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not know keys of this kind", e);
        }
    }

    /**
     * The key of a seed, a label and a kind. Kept for as long as it is among the newest, since a drill makes the same
     * authority hundreds of times.
     */
    static TestKeys of(Kind kind, byte[] seed, String label) {
        String name = kind + " " + HexFormat.of().formatHex(seed) + " " + label;
        synchronized (KEPT) {
            TestKeys kept = KEPT.get(name);
            if (kept != null) {
                return kept;
            }
        }
        TestKeys made = generate(kind, random(seed, "key of " + label));
        synchronized (KEPT) {
            KEPT.put(name, made);
        }
        return made;
    }

    private static TestKeys generate(Kind kind, SecureRandom random) {
        if (kind.isRsa()) {
            RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
            generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65_537), random, kind.rsaBits(), 80));
            return new TestKeys(true, generator.generateKeyPair());
        }
        ASN1ObjectIdentifier oid = ECNamedCurveTable.getOID(kind.curve());
        // Arithmetic made for this one curve, where there is one, is several times faster.
        X9ECParameters fast = CustomNamedCurves.getByOID(oid);
        X9ECParameters curve = fast == null ? ECNamedCurveTable.getByOID(oid) : fast;
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(new ECNamedDomainParameters(oid, curve), random));
        return new TestKeys(false, generator.generateKeyPair());
    }

    /** A generator of bytes that depend on nothing but the seed and the label. */
    static SecureRandom random(byte[] seed, String label) {
        return new SeededRandom(new SeededBytes(seed, label));
    }

    boolean isRsa() {
        return rsa;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    SubjectPublicKeyInfo publicKey() {
        return publicKey;
    }

    /** A signer whose signatures are the same each time: PKCS #1 v1.5 for RSA, RFC 6979 for elliptic curves. */
    ContentSigner signer(Hash hash) {
        String name = hash.name() + "WITH" + (rsa ? "RSA" : "ECDSA");
        return new DeterministicSigner(
                new DefaultSignatureAlgorithmIdentifierFinder().find(name), rawSigner(hash), false);
    }

    /** A signer whose signatures are well-formed and wrong. */
    ContentSigner wrongSigner() {
        String name = "SHA256WITH" + (rsa ? "RSA" : "ECDSA");
        return new DeterministicSigner(
                new DefaultSignatureAlgorithmIdentifierFinder().find(name), rawSigner(Hash.SHA256), true);
    }

    private Signer rawSigner(Hash hash) {
        Signer signer = rsa
                ? new RSADigestSigner(hash.digest())
                : new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(hash.digest())), hash.digest());
        signer.init(true, pair.getPrivate());
        return signer;
    }

    /** The hash of a signature. */
    enum Hash {
        SHA256,
        SHA1;

        Digest digest() {
            return this == SHA256 ? new SHA256Digest() : new SHA1Digest();
        }
    }

    private static final class DeterministicSigner implements ContentSigner {

        private final AlgorithmIdentifier algorithm;
        private final Signer signer;
        private final boolean wrong;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        DeterministicSigner(AlgorithmIdentifier algorithm, Signer signer, boolean wrong) {
            this.algorithm = algorithm;
            this.signer = signer;
            this.wrong = wrong;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            byte[] bytes = content.toByteArray();
            if (wrong) {
                // signing other bytes keeps the signature's encoding valid, which a flipped bit would not
                signer.update((byte) 0x2a);
            }
            signer.update(bytes, 0, bytes.length);
            try {
                return signer.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException("cannot sign", e);
            }
        }
    }

    private static final class SeededRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        SeededRandom(SecureRandomSpi bytes) {
            super(bytes, null);
        }
    }

    /** SHA-256 of seed, label and a counter: not meant to be secret, only to be the same everywhere. */
    private static final class SeededBytes extends SecureRandomSpi {

        private static final long serialVersionUID = 1L;

        private final byte[] key;
        private long counter;
        private byte[] block = new byte[0];
        private int used;

        SeededBytes(byte[] seed, String label) {
            MessageDigest sha256 = sha256();
            sha256.update(seed);
            this.key = sha256.digest(label.getBytes(StandardCharsets.UTF_8));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // Additional seed would make the bytes depend on something else than the seed they were made from.
        }

        @Override
        protected synchronized void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                if (used == block.length) {
                    MessageDigest sha256 = sha256();
                    sha256.update(key);
                    block = sha256.digest(
                            ByteBuffer.allocate(Long.BYTES).putLong(counter++).array());
                    used = 0;
                }
                bytes[i] = block[used++];
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] bytes = new byte[count];
            engineNextBytes(bytes);
            return bytes;
        }
    }
}
