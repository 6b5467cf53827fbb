using System.Numerics;
using KekeStar.Antifraud.Simulation.Motion;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>The gyroscope tells how gravity must move through the device, whatever else it does.</summary>
public sealed class RotationPathTests
{
    private static readonly Vector3 Gravity = new(0, 0, 9.81f);

    [Fact]
    public void No_persons_phone_contradicts_itself()
    {
        var told = PersonTraces.Make(201, 1_000).Select(trace => trace.IsContradicted()).ToList();
        Assert.DoesNotContain(true, told);
        Assert.True(told.Count(answer => answer == false) > 700);
    }

    [Fact]
    public void A_gyroscope_that_saw_the_turn_agrees() =>
        Assert.False(Turning(0.8f).WithRotation(static _ => new Vector3(0.8f, 0, 0)).IsContradicted());

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-0.8f, 0, 0)]
    [InlineData(0, 0.8f, 0)]
    public void A_gyroscope_that_saw_another_turn_contradicts(float x, float y, float z) =>
        Assert.True(Turning(0.8f).WithRotation(_ => new Vector3(x, y, z)).IsContradicted());

    [Fact]
    public void A_turn_about_the_vertical_moves_no_gravity_and_contradicts_nothing() =>
        Assert.False(Resting().WithRotation(static _ => new Vector3(0, 0, 3)).IsContradicted());

    [Fact]
    public void A_turn_that_gravity_does_not_show_contradicts() =>
        Assert.True(Resting().WithRotation(static _ => new Vector3(0.8f, 0, 0)).IsContradicted());

    [Fact]
    public void Without_a_gyroscope_nothing_is_said() => Assert.Null(Resting().IsContradicted());

    [Fact]
    public void While_the_magnitude_swings_nothing_is_said()
    {
        var shaken = MotionTrace.Of(128, 20_000, static i => new Vector3(0, 0, i % 2 == 0 ? 5 : 14));
        Assert.Null(shaken.WithRotation(static _ => new Vector3(0.8f, 0, 0)).IsContradicted());
    }

    // Turned about x, gravity runs through the device against the turn.
    private static MotionTrace Turning(float rate) => MotionTrace.Of(
        128, 20_000, i => Vector3.Transform(Gravity, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -rate * i * 0.02f)));

    private static MotionTrace Resting()
    {
        var random = new Random(202);
        return MotionTrace.Of(128, 20_000, _ => Gravity + (0.01f * Signals.Gauss3(random)));
    }
}
