using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Intake.Identifiers;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Somebody who has a dump of the store, knows how pseudonyms are made and the exact TAC of the devices, and lacks the
/// key: tries all 10^6 serial numbers under every hash and every key that might have been chosen carelessly.
/// </summary>
internal sealed class DictionaryAttack
{
    /// <summary>Serial numbers of one TAC (3GPP TS 23.003 clause 6.2.1: six digits).</summary>
    public const int Serials = 1_000_000;

    private const byte Kind = (byte)EntityKind.Imei;

    private static readonly HashAlgorithmName[] Unkeyed = [HashAlgorithmName.SHA256, HashAlgorithmName.SHA1, HashAlgorithmName.MD5];

    private readonly byte[] _tac;
    private readonly byte[][] _guessedKeys;

    public DictionaryAttack(string tac)
    {
        _tac = Encoding.ASCII.GetBytes(tac);
        byte[][] guesses =
        [
            [], "kekestar-antifraud"u8.ToArray(), "changeme"u8.ToArray(),
            [.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(number => (byte)number)],
        ];

        // As the key itself, and as the master key that it is derived from. HMAC fills short keys up with zeros, so that
        // the empty key is every key of zeros.
        _guessedKeys = [.. guesses, [.. "kekestar-antifraud/v1/pseudonym/"u8, Kind], .. guesses.Select(Derived)];
    }

    /// <summary>Hashes that are tried for each serial number: unkeyed of three forms of the IMEI, keyed of the scheme's own.</summary>
    public int HashesForEach => (Unkeyed.Length * 3) + _guessedKeys.Length;

    /// <summary>Every 8 bytes that a dump holds anywhere, in either order of bytes.</summary>
    public static HashSet<ulong> FieldsOf(IEnumerable<byte[]> dump)
    {
        var fields = new HashSet<ulong>();
        foreach (var bytes in dump)
        {
            for (var i = 0; i + sizeof(ulong) <= bytes.Length; i++)
            {
                fields.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i)));
                fields.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i)));
            }
        }

        return fields;
    }

    /// <summary>The IMEI of a serial number, without its check digit.</summary>
    public byte[] Imei(int serial)
    {
        var imei = new byte[_tac.Length + 6];
        WriteImei(serial, imei);
        return imei;
    }

    /// <summary>Number of serial numbers that the dump gives away.</summary>
    /// <param name="fields">What the dump holds.</param>
    /// <param name="spacing">1: all are tried; else only those that it divides.</param>
    public int Run(HashSet<ulong> fields, int spacing = 1)
    {
        const int Chunk = 50_000;
        var recovered = new int[Serials / Chunk];
        Parallel.For(0, recovered.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, chunk =>
        {
            var unkeyed = Unkeyed.Select(IncrementalHash.CreateHash).ToArray();
            var keyed = _guessedKeys.Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key)).ToArray();
            for (var serial = chunk * Chunk; serial < (chunk + 1) * Chunk; serial += spacing)
            {
                recovered[chunk] += IsGivenAway(serial, unkeyed, keyed, fields) ? 1 : 0;
            }

            foreach (var hash in unkeyed.Concat(keyed))
            {
                hash.Dispose();
            }
        });
        return recovered.Sum();
    }

    private static byte[] Derived(byte[] master)
    {
        var padded = new byte[KeyEpoch.MasterKeyLength];
        master.CopyTo(padded, 0);
        using var epoch = new KeyEpoch(1, padded);
        return [.. epoch.Key(Kind)];
    }

    private bool IsGivenAway(int serial, IncrementalHash[] unkeyed, IncrementalHash[] keyed, HashSet<ulong> fields)
    {
        Span<byte> input = stackalloc byte[1 + 15];
        input[0] = Kind;
        var imei = input.Slice(1, 14);
        WriteImei(serial, imei);
        input[15] = (byte)IdentifierReader.CheckDigit(Encoding.ASCII.GetString(imei), 10);
        foreach (var hash in unkeyed)
        {
            if (Hits(hash, input[..15], fields) || Hits(hash, imei, fields) || Hits(hash, input[1..], fields))
            {
                return true;
            }
        }

        foreach (var hash in keyed)
        {
            if (Hits(hash, input[..15], fields))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hits(IncrementalHash hash, ReadOnlySpan<byte> input, HashSet<ulong> fields)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.AppendData(input);
        hash.GetHashAndReset(digest);
        return fields.Contains(BinaryPrimitives.ReadUInt64BigEndian(digest));
    }

    private void WriteImei(int serial, Span<byte> destination)
    {
        _tac.CopyTo(destination);
        for (var i = destination.Length - 1; i >= _tac.Length; i--)
        {
            destination[i] = (byte)('0' + (serial % 10));
            serial /= 10;
        }
    }
}
