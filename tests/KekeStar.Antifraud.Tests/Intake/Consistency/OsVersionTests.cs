using System.Text;
using KekeStar.Antifraud.Intake.Consistency;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

public sealed class OsVersionTests
{
    [Theory]
    [InlineData("14", 14)]
    [InlineData("17.5.1", 17)]
    [InlineData("Android 14", 14)]
    [InlineData("iOS 9.3.5", 9)]
    [InlineData(" 8.0.0 ", 8)]
    [InlineData("05", 5)]
    [InlineData("", 0)]
    [InlineData("Tiramisu", 0)]
    [InlineData("2024.1", 0)]
    [InlineData("99999999999999999999", 0)]
    public void The_first_number_of_a_text_is_the_major_version(string text, int major)
    {
        Assert.Equal(major, OsVersion.Major(Encoding.UTF8.GetBytes(text)));
    }
}
