using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class CallStatusReaderTests
{
    // "grpc-status" with a value, put into the dynamic table.
    private const string NewStatus = "400b677270632d73746174757301";

    [Fact]
    public void The_same_bytes_mean_something_else_once_the_table_has_changed()
    {
        var reader = new CallStatusReader();

        Assert.Equal(0, Read(reader, NewStatus + "30").Grpc);
        Assert.Equal(0, Read(reader, "be").Grpc);
        Assert.Equal(0, Read(reader, "be").Grpc);
        Assert.Equal(14, Read(reader, NewStatus[..^2] + "023134").Grpc);
        Assert.Equal(14, Read(reader, "be").Grpc);
        Assert.Equal(0, Read(reader, "bf").Grpc);
    }

    [Fact]
    public void A_block_that_changes_the_table_changes_it_each_time_it_comes()
    {
        var reader = new CallStatusReader();

        Read(reader, NewStatus + "30");
        Read(reader, NewStatus + "35");
        Read(reader, NewStatus + "30");

        Assert.Equal((0, 5, 0), (Read(reader, "be").Grpc, Read(reader, "bf").Grpc, Read(reader, "c0").Grpc));
    }

    [Fact]
    public void Fields_that_are_not_there_are_told_from_zero()
    {
        var reader = new CallStatusReader();

        Assert.Equal(new CallStatus(200, -1), Read(reader, "88"));
        Assert.Equal(new CallStatus(-1, 0), Read(reader, NewStatus + "30"));
        Assert.Equal(new CallStatus(404, 12), Read(reader, "8d" + NewStatus[..^2] + "023132"));
    }

    [Fact]
    public void A_status_that_is_no_number_is_refused()
        => Assert.Throws<Http2Exception>(() => Read(new CallStatusReader(), NewStatus + "78"));

    private static CallStatus Read(CallStatusReader reader, string block) => reader.Read(Convert.FromHexString(block));
}
