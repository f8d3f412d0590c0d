"""Whose gates matter?"""
