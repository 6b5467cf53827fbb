using System.Globalization;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// Identifiers that are valid by their standard and belong to nobody: ranges set aside for tests and documents.
/// </summary>
internal static class SampleIdentifiers
{
    /// <summary>
    /// IMEI with check digit. The first two digits 00 name no reporting body: they are the test IMEIs of GSMA TS.06.
    /// </summary>
    public static string Imei(SampleRandom random) => WithCheckDigit("00100100" + DecimalDigits(random, 6));

    /// <summary>ICCID with check digit (ITU-T E.118). No country has the calling code 999.</summary>
    public static string Iccid(SampleRandom random) => WithCheckDigit("8999901" + DecimalDigits(random, 12));

    /// <summary>IMSI of the test network 001-01 (ITU-T E.212).</summary>
    public static string Imsi(SampleRandom random) => "00101" + DecimalDigits(random, 10);

    /// <summary>MAC address of RFC 9542's range for documents, 00-00-5E-00-53-00 to FF.</summary>
    /// <param name="number">0 to 255.</param>
    public static string Mac(int number) => $"00:00:5e:00:53:{number:x2}";

    /// <summary>UUID of version 4 (RFC 9562).</summary>
    public static string Uuid(SampleRandom random)
    {
        var digits = HexDigits(random, 32).ToCharArray();
        digits[12] = '4';
        digits[16] = random.OneOf('8', '9', 'a', 'b');
        return Guid.ParseExact(new string(digits), "N").ToString("D");
    }

    /// <summary>Random hexadecimal digits in lower case, such as an AndroidID.</summary>
    public static string HexDigits(SampleRandom random, int length)
    {
        var text = "";
        while (text.Length < length)
        {
            text += random.Next().ToString("x16", CultureInfo.InvariantCulture);
        }

        return text[..length];
    }

    /// <summary>True if the last digit is the check digit of the others (ISO/IEC 7812-1, Luhn).</summary>
    public static bool HasCheckDigit(string digits) => WithCheckDigit(digits[..^1]) == digits;

    private static string DecimalDigits(SampleRandom random, int length) => string.Concat(
        Enumerable.Range(0, length).Select(_ => (char)('0' + random.Between(0, 9))));

    private static string WithCheckDigit(string digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            // The digit beside the check digit is doubled, then every other one; of 10 to 18 the digits are added.
            var digit = digits[^(index + 1)] - '0';
            var weighted = index % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
