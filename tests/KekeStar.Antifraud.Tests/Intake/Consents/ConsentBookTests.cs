using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;

namespace KekeStar.Antifraud.Tests.Intake.Consents;

public sealed class ConsentBookTests
{
    private static readonly Pseudonym Account = new(1, 2);

    private readonly ConsentBook _book = new();

    [Fact]
    public void A_second_marker_of_an_account_is_set_beside_the_first_and_the_later_time_wins()
    {
        _book.Set(Account, ConsentMarker.MotionWithdrawn, 10);
        _book.Set(Account, ConsentMarker.SimWithdrawn, 20);
        _book.Set(Account, ConsentMarker.MotionWithdrawn, 30);
        _book.Set(Account, ConsentMarker.SimWithdrawn, 15);

        Assert.True(_book.TryFind(Account, default, out var markers));
        Assert.Equal((30, 20), (markers.At(ConsentMarker.MotionWithdrawn, now: 40), markers.At(ConsentMarker.SimWithdrawn, now: 40)));
    }

    [Fact]
    public void What_was_wanted_before_an_erasure_is_forgotten_with_it_and_what_is_wanted_after_it_holds()
    {
        _book.Set(Account, ConsentMarker.Minor, 10);
        _book.Set(Account, ConsentMarker.Forgotten, 20);
        _book.Set(Account, ConsentMarker.SimWithdrawn, 30);

        Assert.Equal(
            [(ConsentMarker.SimWithdrawn, 30L), (ConsentMarker.Forgotten, 20L)],
            _book.Holding(now: 40).Select(static line => (line.Marker, line.AtMilliseconds)));
    }
}
