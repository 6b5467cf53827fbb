using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Service.Listing;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The requests of the service Lists, read from their bytes.</summary>
public sealed class ListRequestReaderTests
{
    private const string Account = "someone@example";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private static readonly KeyEpoch Current = new(2, SHA256.HashData("current"u8));
    private static readonly KeyEpoch Other = new(1, SHA256.HashData("other"u8));
    private static readonly ListRequestReader Reader = new(new KeyRing(new KeySet(Current, Other)), new FakeTimeProvider(Now));

    [Fact]
    public void A_request_is_read_under_every_epoch_the_current_one_first()
    {
        var read = Reader.ReadPut(Put().ToByteArray());

        Assert.Null(read.Error);
        Assert.Equal((EntityKind.Account, "account", ListKind.Grey), (read.Kind, read.KindName, read.List));
        Assert.Equal(Now.AddHours(1).ToUnixTimeMilliseconds() + 250, read.ExpiresMilliseconds);
        Assert.Equal([Entity(Current), Entity(Other)], read.Entities);
        Assert.Equal(read.Entities, Reader.ReadRemove(new RemoveListEntryRequest { EntityKind = "account", Value = Account }.ToByteArray()).Entities);
    }

    [Fact]
    public void Fields_count_in_any_order_the_last_of_each_and_unknown_ones_not()
    {
        var first = new PutListEntryRequest { EntityKind = "imei", Value = "other", List = ListKind.Deny, ExpiresAt = new Timestamp { Seconds = 1, Nanos = 250_000_000 } };
        var expiry = new PutListEntryRequest { ExpiresAt = new Timestamp { Seconds = Now.AddHours(1).ToUnixTimeSeconds() } };
        byte[] unknown = [0xF8, 0x01, 0x05, 0x18 | 2, 0x01, 0x09]; // field 31 = 5; field 3 as bytes, not a number
        byte[] message =
        [
            .. first.ToByteArray(),
            .. unknown,
            .. new PutListEntryRequest { Value = Account }.ToByteArray(),
            .. new PutListEntryRequest { List = ListKind.Grey }.ToByteArray(),
            .. expiry.ToByteArray(),
            .. new PutListEntryRequest { EntityKind = "account" }.ToByteArray(),
        ];

        Assert.Equivalent(Reader.ReadPut(Put().ToByteArray()), Reader.ReadPut(message), strict: true);
    }

    [Fact]
    public void Any_bytes_are_read_as_the_generated_code_reads_them_or_refused() => Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 60]).Sample(
        (place, value, length) =>
        {
            var message = Put().ToByteArray();
            message[place % message.Length] = value;
            message = message[..Math.Max(1, message.Length - (length % 20))];
            PutListEntryRequest generated;
            try
            {
                generated = PutListEntryRequest.Parser.ParseFrom(message);
            }
            catch (InvalidProtocolBufferException)
            {
                return true;
            }

            // Written anew by the generated code, it is in canonical form: the oracle of how the bytes were meant.
            var expected = Reader.ReadPut(generated.ToByteArray());
            var read = Reader.ReadPut(message);
            return expected.Error == read.Error && expected.List == read.List && expected.ExpiresMilliseconds == read.ExpiresMilliseconds
                && expected.Entities.SequenceEqual(read.Entities);
        },
        iter: 5_000);

    [Fact]
    public void A_message_that_is_cut_is_refused()
    {
        var message = Put().ToByteArray();

        Assert.Contains("protocol buffers", Reader.ReadPut(message.AsSpan(0, message.Length - 1)).Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_memory_that_it_came_in_is_wiped(int blockLength)
    {
        var message = Put().ToByteArray();
        var payload = new Payload(message, blockLength);

        var read = RequestPayload.ReadAndWipe(payload, Reader.ReadPut);

        Assert.Null(read.Error);
        Assert.Equal(new byte[message.Length], payload.PayloadAsReadOnlySequence().ToArray());
    }

    [Fact]
    public void An_identifier_in_the_field_of_the_kind_is_not_repeated()
    {
        var request = Put();
        request.EntityKind = "privatename";

        Assert.DoesNotContain("private", Reader.ReadPut(request.ToByteArray()).Error, StringComparison.Ordinal);
    }

    private static PutListEntryRequest Put() => new()
    {
        EntityKind = "account",
        Value = Account,
        List = ListKind.Grey,
        ExpiresAt = new Timestamp { Seconds = Now.AddHours(1).ToUnixTimeSeconds(), Nanos = 250_000_000 },
    };

    private static ListedEntity Entity(KeyEpoch epoch)
    {
        Assert.Equal(NormaliseStatus.Ok, EntityPseudonyms.TryMake(epoch, EntityKind.Account, Encoding.UTF8.GetBytes(Account), out var pseudonym));
        return new ListedEntity(epoch.Number, pseudonym);
    }

    /// <summary>A payload as gRPC gives it, in blocks.</summary>
    private sealed class Payload : DeserializationContext
    {
        private readonly ReadOnlySequence<byte> _blocks;

        public Payload(byte[] message, int blockLength)
        {
            PayloadLength = message.Length;
            var first = new Block(message.AsMemory(0, Math.Min(blockLength, message.Length)), before: null);
            var last = first;
            for (var start = blockLength; start < message.Length; start += blockLength)
            {
                last = new Block(message.AsMemory(start, Math.Min(blockLength, message.Length - start)), last);
            }

            _blocks = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }

        public override int PayloadLength { get; }

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _blocks;
    }

    private sealed class Block : ReadOnlySequenceSegment<byte>
    {
        public Block(ReadOnlyMemory<byte> memory, Block? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }
}
