using System.Text;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>The form of a line, which is promised.</summary>
public sealed class AuditLineTests
{
    private const string Golden =
        "{\"seq\":1,\"time\":\"2026-11-25T08:30:05.042Z\",\"instance\":\"0123456789abcdef\",\"action\":\"erase_account\",\"c"
        + "aller\":\"spiffe://example/privacy\",\"purpose\":\"account_closed\",\"subject\":\"00112233445566ff\",\"receipt\":"
        + "\"7ZZZZZZZZZZZZZZZZZZZZZZZZZ\",\"details\":{\"epochs\":\"1:2\",\"logs_changed\":-3,\"records_removed\":12},\"prev"
        + "\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"hash\":\"9fd27062b5b62b1f45e829d"
        + "08785e6bb957a10218448e9edbbb411071a2fd451\"}";

    private static readonly AuditLine Line = new(
        1,
        new DateTimeOffset(2026, 11, 25, 8, 30, 5, 42, TimeSpan.Zero),
        "0123456789abcdef",
        "erase_account",
        "spiffe://example/privacy",
        "account_closed",
        "00112233445566ff",
        "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        new AuditDetails().Add("records_removed", 12).Add("logs_changed", -3).Add("epochs", "1:2"),
        AuditLine.NoHash);

    [Fact]
    public void A_line_is_written_as_the_golden_one() => Assert.Equal(Golden, Encoding.UTF8.GetString(Line.Seal().Encode()));

    [Fact]
    public void The_golden_line_is_read_back()
    {
        var read = AuditLine.TryParse(Encoding.UTF8.GetBytes(Golden))!;

        Assert.Equal(Line.Time, read.Time);
        Assert.Equal(read.ComputeHash(), read.Hash);
        Assert.Equal(12, read.Details.Number("records_removed"));
        Assert.Null(read.Details.Number("epochs"));
    }

    [Theory]
    [InlineData("{\"seq\":1", "{\"seq\": 1")]
    [InlineData("{\"seq\":1", "{\"seq\":01")]
    [InlineData("{\"seq\":1", "{\"seq\":1.0")]
    [InlineData("{\"seq\":1", "{\"seq\":0")]
    [InlineData("{\"seq\":1", "{\"seq\":99999999999999999999")]
    [InlineData("{\"seq\":1", "{\"seq\":\"1\"")]
    [InlineData("{\"seq\":1", "{\"sec\":1")]
    [InlineData("{\"seq\":1", "{\"seq\":1,\"seq\":1")]
    [InlineData("\"epochs\":\"1:2\",", "\"epochs\":\"1:2\",\"epochs\":\"1:2\",")]
    [InlineData("\"epochs\":\"1:2\"", "\"epochs\":\"1 2\"")]
    [InlineData("\"epochs\":\"1:2\"", "\"epochs\":null")]
    [InlineData("\"epochs\":\"1:2\"", "\"epochs\":9007199254740992")]
    [InlineData("\"epochs\":\"1:2\"", "\"epochs\":{}")]
    [InlineData("account_closed", "account\\u005fclosed")]
    [InlineData("account_closed", "account closed")]
    [InlineData("account_closed", "账号")]
    [InlineData("2026-11-25T08:30:05.042Z", "2026-11-25T08:30:05.042+00:00")]
    [InlineData("2026-11-25T08:30:05.042Z", "2026-13-25T08:30:05.042Z")]
    [InlineData("00112233445566ff", "00112233445566FF")]
    [InlineData("7ZZZ", "8ZZZ")]
    [InlineData("7ZZZ", "7zzz")]
    [InlineData("\"}", "\"} ")]
    [InlineData("\"}", "\",\"more\":1}")]
    [InlineData("{\"seq", "[{\"seq")]
    public void A_line_in_any_other_form_is_none(string old, string other)
    {
        var text = Golden.Replace(old, other, StringComparison.Ordinal);

        Assert.NotEqual(Golden, text, StringComparer.Ordinal);
        Assert.Null(AuditLine.TryParse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void No_beginning_of_a_line_is_a_line_and_none_throws()
    {
        var text = Encoding.UTF8.GetBytes(Golden);
        for (var length = 0; length < text.Length; length++)
        {
            Assert.Null(AuditLine.TryParse(text.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Texts_outside_of_their_syntax_are_refused_without_being_repeated()
    {
        Func<object>[] wrong =
        [
            static () => new AuditEntry { Action = AuditAction.ListPut, Caller = "a \"secret\"" },
            static () => new AuditEntry { Action = AuditAction.ListPut, Purpose = "the secret" },
            static () => new AuditEntry { Action = AuditAction.ListPut, Purpose = new string('a', 65) },
            static () => new AuditEntry { Action = AuditAction.ListPut, Subject = "secret" },
            static () => new AuditEntry { Action = AuditAction.ListPut, ReceiptId = "secret" },
            static () => new AuditDetails().Add("secret words", 1),
            static () => new AuditDetails().Add("a", "secret words"),
            static () => new AuditDetails().Add("a", "words").Add("a", "secret"),
            static () => new AuditDetails().Add("a", AuditDetails.MaxNumber + 1),
        ];

        Assert.All(wrong, static make => Assert.DoesNotContain("secret", Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Receipts_hold_128_bits()
    {
        Assert.Equal("00000000000000000000000000", ReceiptId.Encode(UInt128.MinValue));
        Assert.Equal("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", ReceiptId.Encode(UInt128.MaxValue));
        Assert.Equal("0000000000000000000000000Z", ReceiptId.Encode(31));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(static _ => ReceiptId.New()).Where(ReceiptId.IsValid).Distinct(StringComparer.Ordinal).Count());
    }
}
