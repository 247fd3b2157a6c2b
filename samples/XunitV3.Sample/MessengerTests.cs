using CommunityToolkit.Mvvm.Messaging;
using Xunit;

namespace XunitV3.Sample;

/// <summary>Which messenger of the MVVM Toolkit keeps its recipients alive?</summary>
public sealed class MessengerTests : IDisposable
{
    // Removes the registrations of a test when it is over.
    public void Dispose() => StrongReferenceMessenger.Default.Reset();

    [Fact]
    public void A_strong_messenger_holds_an_active_view_model()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(
            () => new CartViewModel(StrongReferenceMessenger.Default),
            use: cart => cart.IsActive = true);

        ObjectNotDeadException leak = Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());

        // The message shows the path; a test can read it too.
        Assert.Contains(
            leak.Reports[0].Paths[0].Steps,
            step => step.TypeName.EndsWith("StrongReferenceMessenger", StringComparison.Ordinal));
    }

    [Fact]
    public void A_weak_messenger_does_not()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(
            () => new CartViewModel(WeakReferenceMessenger.Default),
            use: cart => cart.IsActive = true);

        monitor.AssertDead();
    }

    // The other way, without a monitor: tracked objects must be dead when the test is over, so locals do not matter.
    [Fact, MustBeCollected]
    public void A_strong_messenger_lets_go_of_a_view_model_that_is_not_active_any_more()
    {
        CartViewModel cart = LifetimeScope.Track(new CartViewModel(StrongReferenceMessenger.Default));

        cart.IsActive = true;
        StrongReferenceMessenger.Default.Send(new ItemAdded("book"));
        cart.IsActive = false;

        Assert.Equal(1, cart.Count);
    }
}
