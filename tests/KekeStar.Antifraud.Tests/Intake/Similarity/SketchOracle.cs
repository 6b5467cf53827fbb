using System.Buffers.Binary;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Similarity;
using Org.BouncyCastle.Crypto.Parameters;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

/// <summary>
/// The sketch of a software list by its definition in docs/cohorts.md, with none of the product's code but its table: sets, another
/// library's SipHash, one permutation after the other.
/// </summary>
internal static class SketchOracle
{
    private static readonly string[] Common = ReadCommon();

    /// <summary>The pseudonyms of the bands of a list that was read; none where there are too few uncommon names.</summary>
    public static Pseudonym[] Of(KeyEpoch epoch, IEnumerable<byte[]> names, string cohort)
    {
        var uncommon = names.Where(static name => name.Length is > 0 and <= 128)
            .Select(static name => Encoding.UTF8.GetString(name))
            .Where(static name => name.Contains('.', StringComparison.Ordinal) && !Common.Any(common => common.EndsWith('.') ? name.StartsWith(common, StringComparison.Ordinal) : name == common))
            .ToHashSet(StringComparer.Ordinal);
        return uncommon.Count < 8
            ? []
            : [.. Enumerable.Range(0, 2).Select(band => Band(epoch, uncommon, band, Encoding.UTF8.GetBytes(cohort)))];
    }

    private static Pseudonym Band(KeyEpoch epoch, HashSet<string> names, int band, byte[] cohort)
    {
        var hashes = names.Select(name => Hash(epoch.SketchKey.ToArray(), Encoding.UTF8.GetBytes(name))).ToList();
        List<byte> value = [(byte)band];
        for (var permutation = band * 4; permutation < (band * 4) + 4; permutation++)
        {
            var minimum = hashes.Min(hash => Permute(hash, Mix((uint)permutation + 1, 0)));
            value.AddRange(BitConverter.GetBytes(BitConverter.IsLittleEndian ? minimum : BinaryPrimitives.ReverseEndianness(minimum)));
        }

        return epoch.Pseudonymise(EntityKind.Similar, [.. value, .. cohort]);
    }

    private static uint Permute(ulong hash, uint seed) => Mix((uint)hash ^ seed, (uint)(hash >> 32));

    // MurmurHash3's finaliser with something added half way.
    private static uint Mix(uint value, uint added)
    {
        value = unchecked((value ^ (value >> 16)) * 0x85EB_CA6B) + added;
        value = unchecked((value ^ (value >> 13)) * 0xC2B2_AE35);
        return value ^ (value >> 16);
    }

    private static ulong Hash(byte[] key, byte[] name)
    {
        var hash = new Org.BouncyCastle.Crypto.Macs.SipHash();
        hash.Init(new KeyParameter(key));
        hash.BlockUpdate(name, 0, name.Length);
        return (ulong)hash.DoFinal();
    }

    private static string[] ReadCommon()
    {
        using var stream = typeof(CommonSoftware).Assembly.GetManifestResourceStream("common-software.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#')];
    }
}
