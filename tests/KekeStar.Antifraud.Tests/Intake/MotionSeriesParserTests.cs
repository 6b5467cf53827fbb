using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Intake;

public class MotionSeriesParserTests
{
    private const int Accelerometer = DeviceSignals.AccelerometerFieldNumber;

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void Packed_and_unpacked_lists_give_the_same_summary()
    {
        var series = FullRequest.MakeSeries(20, 9.81f);
        List<byte> unpacked = [];
        for (var i = 0; i < series.X.Count; i++)
        {
            unpacked.AddRange(WireBytes.Number(MotionSeries.TimeUsFieldNumber, series.TimeUs[i]));
            unpacked.AddRange(Float(MotionSeries.XFieldNumber, series.X[i]));
            unpacked.AddRange(Float(MotionSeries.YFieldNumber, series.Y[i]));
            unpacked.AddRange(Float(MotionSeries.ZFieldNumber, series.Z[i]));
        }

        Assert.Equal(series, MotionSeries.Parser.ParseFrom([.. unpacked]));
        Assert.Equal(EventFacts.Of(Parse(series.ToByteArray())), EventFacts.Of(Parse([.. unpacked])));
        Assert.Equal(20, Parse([.. unpacked]).Motion.Samples);
    }

    [Theory]
    [InlineData(512, null)]
    [InlineData(513, DropCause.TooMany)]
    [InlineData(0, null)]
    public void At_most_512_samples_are_read(int samples, DropCause? cause) =>
        AssertNote(FullRequest.MakeSeries(samples, 9.81f).ToByteArray(), cause, isRead: samples == 512);

    [Theory]
    [InlineData(1, 0x80)]
    [InlineData(2, 0x00)]
    [InlineData(3, 0x01)]
    [InlineData(4, 0x02)]
    public void A_packed_list_that_ends_within_a_value_is_malformed(int field, byte rest)
    {
        // Half a value behind twenty whole ones used to be read as a zero, or passed over.
        var series = FullRequest.MakeSeries(20, 9.81f);
        byte[] message = [.. series.ToByteArray(), .. WireBytes.Bytes(field, [rest])];
        Assert.Throws<InvalidProtocolBufferException>(() => MotionSeries.Parser.ParseFrom(message));
        AssertNote(message, DropCause.Malformed, isRead: false);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_finite_number_is_reported(float value)
    {
        var series = FullRequest.MakeSeries(20, 9.81f);
        series.Y[7] = value;
        AssertNote(series.ToByteArray(), DropCause.Malformed, isRead: false);
    }

    [Fact]
    public void A_second_series_is_reported_and_the_first_one_used()
    {
        var device = WireBytes.Bytes(Accelerometer, FullRequest.MakeSeries(20, 9.81f).ToByteArray());
        byte[] second = [.. device, .. WireBytes.Bytes(Accelerometer, FullRequest.MakeSeries(30, 9.81f).ToByteArray())];
        var actual = _intake.Parse([.. Head(), .. WireBytes.Bytes(ScoreRequest.DeviceFieldNumber, second)]);
        Assert.Equal([EventFacts.Note("accelerometer", DropCause.TooMany)], EventFacts.Notes(actual));
        Assert.Equal(20, actual.Motion.Samples);
    }

    [Fact]
    public void Times_of_any_length_are_read_packed_as_well_as_one_by_one() =>
        Gen.OneOf(Gen.UInt, Gen.UInt[0, 200], Gen.UInt[0, 3_000_000]).Array[1, 60].Sample(times =>
        {
            var series = new MotionSeries { TimeUs = { times } };
            List<byte> unpacked = [];
            foreach (var time in times)
            {
                unpacked.AddRange(WireBytes.Number(MotionSeries.TimeUsFieldNumber, time));
                series.X.Add(1);
                series.Y.Add(time % 7);
                series.Z.Add(9.8f);
            }

            var rest = new MotionSeries { X = { series.X }, Y = { series.Y }, Z = { series.Z } };
            unpacked.AddRange(rest.ToByteArray());
            Assert.Equal(EventFacts.Of(Parse([.. unpacked])), EventFacts.Of(Parse(series.ToByteArray())));
            Assert.Equal(times.Length, Parse(series.ToByteArray()).Motion.Samples);
        });

    [Fact]
    public void Times_written_longer_than_need_be_are_read_too()
    {
        var series = FullRequest.MakeSeries(40, 9.81f);
        byte[] padded = [.. series.TimeUs.SelectMany(Padded)];
        var rest = new MotionSeries { X = { series.X }, Y = { series.Y }, Z = { series.Z } };
        byte[] message = [.. WireBytes.Bytes(MotionSeries.TimeUsFieldNumber, padded), .. rest.ToByteArray()];
        Assert.Equal(EventFacts.Of(Parse(series.ToByteArray())), EventFacts.Of(Parse(message)));
    }

    // Ten bytes, as many as a varint may have.
    private static byte[] Padded(uint time) => [.. Enumerable.Range(0, 9).Select(i => (byte)((i > 4 ? 0 : time >> (7 * i)) | 0x80)), 0];

    private static byte[] Float(int field, float value) => [.. WireBytes.Tag(field, WireType.Fixed32), .. BitConverter.GetBytes(value)];

    private static byte[] Head() => new ScoreRequest
    {
        EventId = "e-1",
        Scene = Scene.Login,
        Consent = new Consent { Granted = { ConsentCategory.Motion } },
    }.ToByteArray();

    private ScoreEvent Parse(byte[] series) =>
        _intake.Parse([.. Head(), .. WireBytes.Bytes(ScoreRequest.DeviceFieldNumber, WireBytes.Bytes(Accelerometer, series))]);

    private void AssertNote(byte[] series, DropCause? cause, bool isRead)
    {
        var actual = Parse(series);
        Assert.Equal(RequestError.None, actual.Error);
        Assert.Equal(cause is { } why ? [EventFacts.Note("accelerometer", why)] : [], EventFacts.Notes(actual));
        Assert.Equal(isRead, actual.HasAccelerometer);
    }
}
