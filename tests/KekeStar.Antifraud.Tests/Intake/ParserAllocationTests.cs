using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Tests.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Parsing a request makes no managed object, so that no raw identifier is ever left on the heap.</summary>
[Collection(nameof(AllocationCollection))]
public class ParserAllocationTests
{
    private const int Rounds = 200;

    [Fact]
    public void A_full_request_and_its_retry_allocate_nothing()
    {
        var intake = new IntakeUnderTest();
        var message = FullRequest.Make(intake).ToByteArray();
        Assert.Equal(0, Allocated(intake, message));
    }

    [Fact]
    public void A_request_of_which_every_signal_is_dropped_allocates_nothing()
    {
        var intake = new IntakeUnderTest();
        var full = FullRequest.Make(intake);
        full.Consent = new Consent();
        full.ClientIp = "nowhere";
        full.DeviceToken = ByteString.CopyFromUtf8("not a token");
        Assert.Equal(0, Allocated(intake, full.ToByteArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void A_request_with_sealed_identifiers_allocates_nothing(int listEntries)
    {
        var intake = new IntakeUnderTest();
        var request = FullRequest.Make(intake, listEntries, listEntries, listEntries);
        SealingUnderTest.Sealer().Seal(request);
        Assert.Equal(listEntries > 0, request.SealedIdentifiers.Length > OpenedBuffer.MaxStackBytes + SealedFormat.Overhead);
        Assert.Equal(0, Allocated(intake, request.ToByteArray()));
    }

    [Fact]
    public void A_request_that_is_refused_allocates_nothing()
    {
        var intake = new IntakeUnderTest();
        Assert.Equal(0, Allocated(intake, FullRequest.Make(intake).ToByteArray()[..^1]));
    }

    private static long Allocated(IntakeUnderTest intake, byte[] message)
    {
        var scoreEvent = new ScoreEvent();

        // The first rounds make this thread's hashes.
        for (var i = 0; i < 50; i++)
        {
            intake.Parse(message, scoreEvent);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            intake.Parse(message, scoreEvent);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
