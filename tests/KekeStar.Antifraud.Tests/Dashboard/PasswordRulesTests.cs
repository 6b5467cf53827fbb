using KekeStar.Antifraud.Dashboard.SignIn;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("eleven char", nameof(AccountChange.TooShort))]
    [InlineData("twelve chars", nameof(AccountChange.Done))]
    [InlineData("只有十二个字的中文密码好", nameof(AccountChange.Done))]
    [InlineData("", nameof(AccountChange.TooShort))]
    [InlineData("aaaaaaaaaaaaaaaa", nameof(AccountChange.TooCommon))]
    [InlineData("abababababab", nameof(AccountChange.TooCommon))]
    [InlineData("Password1234", nameof(AccountChange.TooCommon))]
    [InlineData("5201314woaini", nameof(AccountChange.TooCommon))]
    [InlineData("lin.mei.2026", nameof(AccountChange.TooCommon))]
    [InlineData("antifraud2026", nameof(AccountChange.TooCommon))]
    [InlineData("kekestar123456", nameof(AccountChange.TooCommon))]
    [InlineData("all lower case and no digits", nameof(AccountChange.Done))]
    public void Length_counts_and_not_the_mix_of_characters(string password, string expected) =>
        Assert.Equal(expected, PasswordRules.Judge("lin.mei", password).ToString());

    [Fact]
    public void The_longest_password_is_taken_and_one_more_character_is_not()
    {
        var longest = string.Concat(Enumerable.Range(0, SignInLimits.MaxPasswordLength).Select(static i => (char)('a' + (i % 26))));
        Assert.Equal(AccountChange.Done, PasswordRules.Judge("lin", longest));
        Assert.Equal(AccountChange.TooLong, PasswordRules.Judge("lin", longest + "x"));
    }

    [Fact]
    public void Every_password_that_is_given_passes_and_no_two_are_alike()
    {
        var given = Enumerable.Range(0, 200).Select(static _ => PasswordRules.Give()).ToList();
        Assert.All(given, static password => Assert.Equal(AccountChange.Done, PasswordRules.Judge("admin", password)));
        Assert.Equal(given.Count, given.Distinct(StringComparer.Ordinal).Count());
    }
}
