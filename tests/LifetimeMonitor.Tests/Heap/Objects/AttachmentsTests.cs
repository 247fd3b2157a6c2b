using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Tests.Heap.Objects;

public sealed class AttachmentsTests
{
    [Fact]
    public void Those_of_one_key_stand_together_in_the_order_in_which_they_came()
    {
        var attachments = new Attachments();
        attachments.Add(8, 80);
        attachments.Add(16, 160);
        attachments.Add(8, 88);
        Assert.Equal([8UL, 80, 8, 88, 16, 160], attachments.Pairs());
        Assert.Equal(3, attachments.Count);
        Assert.Equal([80UL, 88], attachments.To(8));
    }

    [Fact]
    public void Nothing_is_attached_by_a_handle_whose_value_is_dead()
    {
        var attachments = new Attachments();
        attachments.Add(8, 0);
        Assert.Null(attachments.To(8));
        Assert.Equal(0, attachments.Count);
    }
}
