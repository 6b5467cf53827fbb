using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using static KekeStar.Antifraud.Tests.Intake.Similarity.SoftwareLists;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

/// <summary>What of a software list makes two phones alike.</summary>
public sealed class SoftwareSketchTests
{
    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void Order_and_repetition_and_common_names_and_what_is_rejected_do_not_matter() =>
        Gen.Select(Gen.Int[8, 60], Gen.Int).Sample((count, seed) =>
        {
            var random = new Random(seed);
            var names = Uncommon(0, count);
            string[] disturbed =
            [
                .. names, .. names.Where(_ => random.Next(3) == 0), "com.tencent.mm", "com.miui.home", "unknown", "", new string('x', 129),
            ];
            random.Shuffle(disturbed);
            Assert.Equal(Sketch(names), Sketch(disturbed));
        });

    [Fact]
    public void A_list_in_several_pieces_is_one_list()
    {
        var whole = Event(Uncommon(0, 20)).ToByteArray();
        var piece = new ScoreRequest { Device = new DeviceSignals { Software = { Uncommon(20, 12) } } }.ToByteArray();

        Assert.Equal(Sketch(Uncommon(0, 32)), Sketch(_intake.Parse([.. whole, .. piece])));
    }

    [Fact]
    public void Seven_different_uncommon_names_make_no_sketch_and_eight_do()
    {
        var seven = Uncommon(0, 7);
        Assert.All(Sketch([.. seven, .. seven, "com.tencent.mm", "com.miui.home"]), static band => Assert.True(band.IsNone));
        Assert.All(Sketch([.. seven, "com.example.eighth"]), static band => Assert.False(band.IsNone));
    }

    [Fact]
    public void Processes_do_not_count()
    {
        var request = Event([]);
        request.Device.Processes.Add(Uncommon(0, 30));
        Assert.All(Sketch(_intake.Parse(request.ToByteArray())), static band => Assert.True(band.IsNone));
    }

    [Fact]
    public void Who_refuses_has_no_sketch()
    {
        var request = Event(Uncommon(0, 30));
        request.Consent.Granted.Remove(ConsentCategory.Software);
        Assert.All(Sketch(_intake.Parse(request.ToByteArray())), static band => Assert.True(band.IsNone));
    }

    [Theory]
    [InlineData(Platform.Android, true)]
    [InlineData(Platform.Harmony, true)]
    [InlineData(Platform.Unspecified, true)]
    [InlineData(Platform.Ios, false)]
    public void Apples_phones_have_none(Platform platform, bool has)
    {
        var request = Event(Uncommon(0, 30));
        request.Device.Platform = platform;
        Assert.All(Sketch(_intake.Parse(request.ToByteArray())), band => Assert.Equal(has, !band.IsNone));
    }

    [Fact]
    public void Another_model_or_build_or_version_is_not_alike_and_what_is_absent_counts_as_empty()
    {
        var names = Uncommon(0, 30);
        var sketches = new HashSet<Pseudonym>();
        foreach (var (model, build, version) in ((string, string, string)[])[("a", "b", "c"), ("", "b", "c"), ("a", "", "c"), ("a", "b", ""), ("", "", ""), ("ab", "", "c")])
        {
            var request = Event(names);
            request.Device.Model = model;
            request.Device.OsBuild = build;
            request.Device.AppVersion = version;
            Assert.All(Sketch(_intake.Parse(request.ToByteArray())), band => Assert.True(!band.IsNone && sketches.Add(band)));
        }
    }

    [Fact]
    public void While_keys_are_rotated_each_epoch_has_the_sketch_that_it_would_make_alone()
    {
        using var first = new KeyEpoch(1, Enumerable.Repeat((byte)7, KeyEpoch.MasterKeyLength).ToArray());
        using var second = new KeyEpoch(2, Enumerable.Repeat((byte)9, KeyEpoch.MasterKeyLength).ToArray());
        var message = Event(Uncommon(0, 30)).ToByteArray();

        var rotating = new IntakeUnderTest(new KeySet(first, second, writesOther: true)).Parse(message);

        Assert.Equal(Sketch(new IntakeUnderTest(new KeySet(first)).Parse(message)), Sketch(rotating));
        Pseudonym[] other = [rotating.OtherEntity(EntitySlot.Similar), rotating.OtherEntity(EntitySlot.Similar2)];
        Assert.Equal(Sketch(new IntakeUnderTest(new KeySet(second)).Parse(message)), other);
    }

    [Theory]
    [InlineData(nameof(KeyAlgorithm.HmacSha256))]
    [InlineData(nameof(KeyAlgorithm.HmacSm3))]
    public void The_key_of_sketches_is_the_epochs_own_and_zero_once_it_is_destroyed(string algorithm)
    {
        var master = Enumerable.Repeat((byte)7, KeyEpoch.MasterKeyLength).ToArray();
        using var other = new KeyEpoch(1, Enumerable.Repeat((byte)8, KeyEpoch.MasterKeyLength).ToArray(), Enum.Parse<KeyAlgorithm>(algorithm));
        var epoch = new KeyEpoch(1, master, Enum.Parse<KeyAlgorithm>(algorithm));
        var key = epoch.SketchKey.ToArray();
        Assert.NotEqual(other.SketchKey.ToArray(), key);
        Assert.DoesNotContain(Enumerable.Range(0, 256), kind => epoch.Key((byte)kind).AsSpan(0, key.Length).SequenceEqual(key));

        epoch.Dispose();

        Assert.All(epoch.SketchKey.ToArray(), static part => Assert.Equal(0, part));
    }

    private static Pseudonym[] Sketch(ScoreEvent scoreEvent)
    {
        Assert.Equal(RequestError.None, scoreEvent.Error);
        return [scoreEvent.Entity(EntitySlot.Similar), scoreEvent.Entity(EntitySlot.Similar2)];
    }

    private Pseudonym[] Sketch(string[] names) => Sketch(_intake.Parse(Event(names).ToByteArray()));
}
