using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Intake.Similarity;
using Xunit.Abstractions;
using static KekeStar.Antifraud.Tests.Intake.Similarity.SoftwareLists;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

/// <summary>How often like lists are found alike, and unlike ones: the figures of docs/cohorts.md.</summary>
public sealed class SketchRateTests(ITestOutputHelper output)
{
    private const int Size = 60;

    /// <summary>Resemblance in hundredths, and pairs enough for an error of a hundredth (three standard deviations of 0.003).</summary>
    [Theory]
    [InlineData(100, 1_000)]
    [InlineData(95, 20_000)]
    [InlineData(90, 20_000)]
    [InlineData(80, 20_000)]
    [InlineData(50, 20_000)]
    [InlineData(20, 20_000)]
    public void Two_lists_are_alike_as_often_as_their_resemblance_says(int hundredths, int pairs)
    {
        var random = new Random(hundredths);
        var alike = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            // s names in common of n each: J = s / (2n − s), so s = 2nJ / (1 + J); half of the odd one by chance.
            var resemblance = hundredths / 100.0;
            var common = (int)((2 * Size * resemblance / (1 + resemblance)) + random.NextDouble());
            var first = pair * 1_000;
            alike += AreAlike(Bands(random, Enumerable.Range(first, Size)), Bands(random, Enumerable.Range(first, common).Concat(Enumerable.Range(first + 500, Size - common)))) ? 1 : 0;
        }

        var expected = 1 - Math.Pow(1 - Math.Pow(hundredths / 100.0, SoftwareSketch.Rows), SoftwareSketch.Bands);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"J {hundredths / 100.0:0.00}: {(double)alike / pairs:0.0000}, expected {expected:0.0000}"));
        Assert.InRange((double)alike / pairs, expected - 0.012, expected + 0.012);
    }

    /// <summary>
    /// People of one model, build and version, all pairs of them, under many keys: with one key the few apps that a whole place has
    /// in common are its minima or they are not, for all pairs alike.
    /// </summary>
    [Theory]
    [InlineData("strangers, 21 uncommon apps each", 500, 40, 0, 4, 1e-4)]
    [InlineData("strangers with twice as many apps", 500, 40, 0, 10, 1e-4)]
    [InlineData("strangers with few apps", 500, 40, 0, 2, 1e-4)]
    [InlineData("one campus with 5 apps of its own", 100, 400, 5, 4, 1e-3)]
    [InlineData("one company with 10 apps of its own", 100, 400, 10, 4, 1e-2)]
    public void Unrelated_people_of_one_model_are_hardly_ever_alike(
        string who, int people, int keys, int appsOfPlace, double popularity, double atMost)
    {
        var random = new Random(1);
        var lists = Enumerable.Range(0, people)
            .Select(_ => Person(random, place: 0, appsOfPlace, popularity))
            .Where(static apps => apps.Count >= SoftwareSketch.MinNames).ToArray();
        long alike = 0, pairs = 0;
        for (var key = 0; key < keys; key++)
        {
            var sketches = Array.ConvertAll(lists, apps => Bands(random, apps, (byte)key, (byte)(key >> 8)));
            for (var one = 0; one < sketches.Length; one++)
            {
                for (var other = one + 1; other < sketches.Length; other++, pairs++)
                {
                    alike += AreAlike(sketches[one], sketches[other]) ? 1 : 0;
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{who}: {alike} of {pairs} pairs alike, {(double)alike / pairs:0.0e0}; {lists.Length} of {people} have a sketch"));
        Assert.True(alike <= atMost * pairs, $"{alike} of {pairs}");
    }

    [Fact]
    public void Nearly_all_phones_of_one_image_with_a_few_apps_more_or_less_fall_into_one_of_two_clusters()
    {
        const int Phones = 5_000;
        var random = new Random(2);
        var image = Bands(random, Enumerable.Range(0, 40));
        var found = 0;
        for (var phone = 0; phone < Phones; phone++)
        {
            // One app less and two more: resemblance to the image 39 / 42 = 0.93.
            var apps = Enumerable.Range(0, 40).Where(app => app != phone % 40).Append(100_000 + (phone * 2)).Append(100_001 + (phone * 2));
            found += AreAlike(image, Bands(random, apps)) ? 1 : 0;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {Phones} phones beside their image"));
        Assert.InRange(found, Phones * 90 / 100, Phones);
    }

    private static bool AreAlike(byte[][] one, byte[][] other) => one.Zip(other).Any(static bands => bands.First.AsSpan().SequenceEqual(bands.Second));

    private static byte[][] Bands(Random random, IEnumerable<int> apps, params ReadOnlySpan<byte> keyBegin)
    {
        Span<byte> key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
        keyBegin.CopyTo(key);
        int[] shuffled = [.. apps];
        random.Shuffle(shuffled);
        var sketch = default(SoftwareSketch);
        foreach (var app in shuffled)
        {
            sketch.Fold(key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"com.example.app{app}")));
        }

        Assert.True(sketch.IsComplete);
        return [.. Enumerable.Range(0, SoftwareSketch.Bands).Select(band =>
        {
            var bytes = new byte[SoftwareSketch.BandLength];
            sketch.WriteBand(band, bytes);
            return bytes;
        })];
    }
}
