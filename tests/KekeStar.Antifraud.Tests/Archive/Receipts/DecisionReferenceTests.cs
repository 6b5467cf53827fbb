using KekeStar.Antifraud.Archive.Receipts;

namespace KekeStar.Antifraud.Tests.Archive.Receipts;

public sealed class DecisionReferenceTests
{
    [Theory]
    [InlineData("9483efe9c634802a", unchecked((long)0x9483efe9c634802a), null)]
    [InlineData("9483EFE9C634802A", unchecked((long)0x9483efe9c634802a), null)]
    [InlineData("/decisions/00000000000000ff?at=1788841992145", 255, 1788841992145)]
    [InlineData("https://fraud.example:8443/decisions/00000000000000ff?at=1788841992145", 255, 1788841992145)]
    [InlineData("/decisions/00000000000000ff", 255, null)]
    [InlineData("-7744862049219477462", -7744862049219477462, null)]
    [InlineData("255", 255, null)]
    public void Every_way_that_a_decision_is_written_is_read(string text, long decision, long? time)
    {
        var reference = DecisionReference.Parse(text)!;

        Assert.Equal((decision, time), (reference.Decision, reference.Time?.ToUnixTimeMilliseconds()));
        Assert.Equal(decision, DecisionReference.Parse(reference.ToString())!.Decision);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9483efe9c634802")]
    [InlineData("9483efe9c634802ag")]
    [InlineData("99999999999999999999")]
    [InlineData("/decisions/00000000000000ff?at=99999999999999")]
    [InlineData("user-123")]
    public void Anything_else_is_not(string text) => Assert.Null(DecisionReference.Parse(text));
}
