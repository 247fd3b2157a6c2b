using CommunityToolkit.Mvvm.Messaging;
using LifetimeMonitoring;
using LifetimeMonitoring.NUnit;
using NUnit.Framework;

namespace NUnit.Sample;

/// <summary>Which messenger of the MVVM Toolkit keeps its recipients alive?</summary>
public sealed class MessengerTests
{
    // Removes the registrations of a test when it is over.
    [TearDown]
    public void Forget() => StrongReferenceMessenger.Default.Reset();

    [Test]
    public void A_strong_messenger_holds_an_active_view_model()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => Activated(StrongReferenceMessenger.Default));

        ObjectNotDeadException leak = Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead())!;

        // The message shows the path; a test can read it too.
        Assert.That(
            leak.Reports[0].Paths[0].Steps.Select(step => step.TypeName),
            Has.Some.EndsWith("StrongReferenceMessenger"));
    }

    // The assertion makes the view model, so no local variable of the test can hold it.
    [Test]
    public void A_weak_messenger_does_not() =>
        Assert.That(() => Activated(WeakReferenceMessenger.Default), Is.Collected);

    [Test]
    public void A_strong_messenger_lets_go_of_a_view_model_that_is_not_active_any_more()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(
            () => Activated(StrongReferenceMessenger.Default),
            use: cart => cart.IsActive = false);

        Assert.That(monitor, Is.Collected);
    }

    private static CartViewModel Activated(IMessenger messenger) => new(messenger) { IsActive = true };
}
