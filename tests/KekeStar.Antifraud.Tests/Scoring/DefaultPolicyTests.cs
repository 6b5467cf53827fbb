using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Tests.Scoring;

public sealed class DefaultPolicyTests
{
    [Fact]
    public void The_shipped_policy_has_no_errors()
    {
        var result = PolicyLoader.Load(DefaultPolicy.ReadBytes());

        Assert.Empty(result.Errors);
        Assert.NotNull(result.Policy);
    }
}
