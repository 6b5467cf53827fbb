using CsCheck;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Tests.Archive;

public sealed class FeatureBlobTests
{
    private static readonly Gen<double> Value = Gen.OneOf(
        Gen.Const(double.NaN),
        Gen.Int[0, 300].Select(static number => (double)number),
        Gen.UInt.Select(static number => (double)number),
        Gen.Double[0, 1],
        Gen.Double.Where(static number => !double.IsNaN(number) && number >= 0),
        Gen.Double[-5, 0].Where(static number => number < 0));

    [Fact]
    public void What_is_written_is_read_to_the_bit() => Gen.Select(Value.Array[FeatureCatalogue.Count], Gen.Bool.Array[FeatureCatalogue.Count]).Sample((values, lowerBounds) =>
    {
        var written = new FeatureVector(FeatureCatalogue.Count);
        for (var i = 0; i < values.Length; i++)
        {
            written.Set(i, values[i], lowerBounds[i]);
        }

        var blob = new byte[FeatureBlob.MaxLength];
        var length = FeatureBlob.Write(written, blob);
        var read = new FeatureVector(FeatureCatalogue.Count);

        Assert.True(FeatureBlob.TryRead(blob.AsSpan(0, length), read));
        Assert.Equal(values, read.Values);
        Assert.Equal(lowerBounds, read.LowerBounds.ToArray());
    });

    [Fact]
    public void The_longest_blob_has_the_length_that_is_promised()
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        for (var i = 0; i < FeatureCatalogue.Count; i++)
        {
            features.Set(i, 0.5, atLeast: true);
        }

        Assert.Equal(FeatureBlob.MaxLength, FeatureBlob.Write(features, new byte[FeatureBlob.MaxLength]));
    }

    [Fact]
    public void Any_other_bytes_are_refused_or_read_without_harm() => Gen.Byte.Array[0, 400].Sample(static bytes =>
    {
        _ = FeatureBlob.TryRead(bytes, new FeatureVector(FeatureCatalogue.Count));
    });

    [Fact]
    public void A_blob_that_was_cut_is_refused()
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        features.Set(FeatureCatalogue.Count - 1, 1_000_000);
        var blob = new byte[FeatureBlob.MaxLength];
        var length = FeatureBlob.Write(features, blob);

        Assert.All(Enumerable.Range(0, length), cut => Assert.False(FeatureBlob.TryRead(blob.AsSpan(0, cut), new FeatureVector(FeatureCatalogue.Count))));
    }
}
